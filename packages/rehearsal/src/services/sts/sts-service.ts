import { errorTypeRegistries } from "@aws-sdk/client-sts";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { assumeRole } from "./assume-role.ts";
import { assumeRoleWithWebIdentity } from "./assume-role-with-web-identity.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

/** The Security Token Service. */
export const sts: Service = {
  name: "sts",
  speech: { protocol: "query", version: "2011-06-15", xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
  operations: byName([assumeRole, assumeRoleWithWebIdentity, getCallerIdentity]),
  exceptions: errorTypeRegistries,
};
