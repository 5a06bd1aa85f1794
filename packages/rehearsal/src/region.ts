/** Where a resource lives, the middle part of its ARN. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The partition of a region, as the SDKs' endpoint rules have it. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export const placeOf = (region: string, account: string): Place => ({ partition: partitionOf(region), region, account });
