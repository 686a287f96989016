import type { StackRule } from "../../../kit";

const PROFILE = "aws:sagemaker/userProfile:UserProfile";
const DOMAIN = "aws:sagemaker/domain:Domain";

export const smUserprofileOwnSecurityGroup: StackRule = {
  id: "sm-userprofile-own-security-group",
  title: "Studio user profiles do not share security groups",
  severity: "medium",
  rationale: "Apps behind one group reach each other's ports, where Jupyter asks for no password.",
  controls: [],
  inspects: { [PROFILE]: ["userSettings.securityGroups"], [DOMAIN]: ["defaultUserSettings.securityGroups"] },
  remedy: "Give every profile a security group of its own in userSettings.securityGroups.",
  checkStack: (stack) => {
    const owners = new Map<unknown, string>();
    for (const profile of stack.ofType(PROFILE)) {
      const groups = profile.at("userSettings.securityGroups");
      if (!groups.isSet) groups.fail("the profile shares the domain's security group");
      for (const group of groups.items()) {
        const known = group.read<string>();
        const owner = known === undefined ? undefined : owners.get(known);
        if (owner && owner !== profile.name) group.fail(`the profile shares a security group with ${owner}`);
        if (known !== undefined) owners.set(known, profile.name);
      }
    }
  },
};
