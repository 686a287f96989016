import type * as iam from "@pulumi/aws/iam";
import { LeastPrivilegeRole, type LeastPrivilegeRoleArgs } from "../components/least-privilege-role";
import { PolicySet } from "../components/policy-set";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import { personas, type PersonaDefinition } from "./identity/studio";
import { roleDefinitions } from "./identity/role-definitions";
import type { Keys } from "./keys";
import type { Network } from "./network";
import { ROLE_NAMES, type RoleName } from "../contracts/roles";
import { personRoleName, physicalRoleName } from "./role-names";
import { PERSONAS, type Persona } from "./settings-schema";

interface PlatformRole {
  readonly name: string;
  readonly arn: string;
  readonly role: iam.Role;
  /** Done when every policy is attached: SageMaker checks the rights of a role while it makes what uses it. */
  readonly component: LeastPrivilegeRole;
}

export interface Identity {
  /** One for each kind of job and function. */
  readonly roles: Readonly<Record<RoleName, PlatformRole>>;
  /** One for each Studio user, by profile name. */
  readonly people: Readonly<Record<string, PlatformRole>>;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
}

/** IAM: a policy name has at most 128 characters; the parts of a persona's policies take up to 20. */
const POLICY_PREFIX_MAX = 108;

/** Who may do what: a role for every kind of job, every function and every person, with the rights of its own task only. */
export function createIdentity(context: Context, earlier: Earlier): Identity {
  const slice = new Slice("identity");
  const definitions = roleDefinitions(context, earlier);
  const create = (name: string, args: LeastPrivilegeRoleArgs): PlatformRole => {
    const permissionsBoundaryArn = context.settings.permissionsBoundaryArn;
    const component = new LeastPrivilegeRole(name, { ...args, permissionsBoundaryArn }, { parent: slice });
    const arn = `arn:aws:iam::${context.accountId}:role/${args.roleName}`;
    return { name: args.roleName, arn, role: component.role, component };
  };
  const roles = ROLE_NAMES.map((name) => {
    const roleName = physicalRoleName(context, name);
    return [name, create(name, { ...definitions[name], roleName })] as const;
  });
  const rights = createPersonas(context, earlier, slice);
  const people = context.settings.studioUserProfiles.map(({ name, persona }) => {
    const { definition, policies } = rights[persona];
    const person = create(`studio-${name}`, {
      roleName: personRoleName(context, name),
      description: definition.description,
      trust: definition.trust,
      sharedPolicies: policies,
    });
    return [name, person] as const;
  });
  return {
    roles: Object.fromEntries(roles) as Record<RoleName, PlatformRole>,
    people: Object.fromEntries(people),
  };
}

/**
 * The role of a Studio user.
 *
 * @throws Error for a name that is no profile of the settings
 */
export function personOf({ people }: Identity, profileName: string): PlatformRole {
  const person = people[profileName];
  if (!person) {
    throw new Error(`no Studio user "${profileName}"; there are: ${Object.keys(people).join(", ")}`);
  }
  return person;
}

/** The rights of a persona, made once: people of one persona have roles of their own and policies in common. */
function createPersonas(
  context: Context,
  earlier: Earlier,
  parent: Slice,
): Record<Persona, { definition: PersonaDefinition; policies: PolicySet | undefined }> {
  const definitions = personas(context, earlier);
  const inUse = new Set(context.settings.studioUserProfiles.map(({ persona }) => persona));
  const entries = PERSONAS.map((persona) => {
    const definition = definitions[persona];
    const { description, policies, documents } = definition;
    const namePrefix = physicalName(POLICY_PREFIX_MAX, context.prefix, persona);
    const set = inUse.has(persona)
      ? new PolicySet(persona, { namePrefix, description, policies, documents }, { parent })
      : undefined;
    return [persona, { definition, policies: set }];
  });
  return Object.fromEntries(entries) as ReturnType<typeof createPersonas>;
}
