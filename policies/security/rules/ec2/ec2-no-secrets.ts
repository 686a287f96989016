import type { ResourceRule } from "../../../kit";
import { secretInText } from "../../secrets";
import { INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "./machines";

export const ec2NoSecrets: ResourceRule = {
  id: "ec2-no-secrets",
  title: "Start scripts of machines hold no secrets",
  severity: "critical",
  rationale: "Every process on the machine, and everybody who may describe it, reads its user data.",
  controls: ["CKV_AWS_46", "AWS-0029", "AWS-0122", "AWS-0129"],
  inspects: {
    [INSTANCE]: ["userData", "userDataBase64"],
    [LAUNCH_CONFIGURATION]: ["userData", "userDataBase64"],
    [LAUNCH_TEMPLATE]: ["userData"],
  },
  remedy: "Let the script read the secret from Secrets Manager or Parameter Store with the machine's role.",
  check: (machine) => {
    for (const path of ["userData", "userDataBase64"]) {
      const script = machine.at(path).read<unknown>();
      if (typeof script !== "string") continue;
      const secret = secretInText(script) ?? secretInText(Buffer.from(script, "base64").toString("utf8"));
      if (secret) machine.fail(`the script holds ${secret}`, path);
    }
  },
};
