/** What instance metadata says beyond the fixed facts; control events change it. */
export interface InstanceState {
  /** The notice of a spot interruption; absent paths answer 404. */
  spot: { readonly action: "terminate" | "stop" | "hibernate"; readonly time: Date } | undefined;
  rebalance: { readonly noticeTime: Date } | undefined;
  /** The Auto Scaling target state; undefined outside of a group. */
  targetLifecycleState: string | undefined;
  readonly maintenance: Map<string, MaintenanceEvent>;
}

interface MaintenanceEvent {
  readonly EventId: string;
  readonly Code: string;
  readonly State: "active" | "completed" | "canceled";
  readonly Description: string;
  readonly NotBefore: Date;
  readonly NotAfter: Date;
}

export const createInstanceState = (): InstanceState => ({
  spot: undefined,
  rebalance: undefined,
  targetLifecycleState: "InService",
  maintenance: new Map(),
});
