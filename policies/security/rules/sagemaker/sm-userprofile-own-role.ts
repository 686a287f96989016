import type { StackRule } from "../../../kit";

const PROFILE = "aws:sagemaker/userProfile:UserProfile";
const DOMAIN = "aws:sagemaker/domain:Domain";

export const smUserprofileOwnRole: StackRule = {
  id: "sm-userprofile-own-role",
  title: "Every Studio user profile has its own execution role",
  severity: "medium",
  rationale: "A shared role gives everybody the widest person's rights and hides who used them.",
  controls: [],
  inspects: { [PROFILE]: ["userSettings.executionRole"], [DOMAIN]: ["defaultUserSettings.executionRole"] },
  remedy: "Give the profile a role of its own in userSettings.executionRole.",
  checkStack: (stack) => {
    const owners = new Map<unknown, string>();
    const defaults = stack
      .ofType(DOMAIN)
      .map((domain) => domain.at("defaultUserSettings.executionRole").known);
    for (const profile of stack.ofType(PROFILE)) {
      const role = profile.at("userSettings.executionRole");
      if (!role.isSet) role.fail("the profile uses the domain's default role");
      const known = role.read<string>();
      if (known === undefined) continue;
      if (defaults.includes(known)) role.fail("the profile's role is the domain's default role");
      const owner = owners.get(known);
      if (owner) role.fail(`the profile shares its role with ${owner}`);
      owners.set(known, profile.name);
    }
  },
};
