import { definePack, type Rule } from "../../../../policies/kit";
import { servePack } from "../../../../policies/kit/serve";

const LOGIN = "test:index/login:Login";
const USER = "test:index/user:User";

const facts = {
  severity: "high",
  rationale: "A rule for the tests of the kit.",
  controls: [],
  remedy: "Do otherwise.",
} as const;

/** Rules that show, in every way in which a rule can, what they read; and rules that fail. */
export const TEST_RULES: readonly Rule[] = [
  {
    ...facts,
    id: "shows-values",
    title: "Nothing is set",
    inspects: { [LOGIN]: ["password", "text", "options", "hosts", "document"] },
    check: (login) => {
      for (const path of ["password", "port", "text", "options.token", "hosts[0]"])
        login.forbid<unknown>(path, () => true, "it is set");
      login.fail(`the rule saw ${String(login.at("password").known)} and ${String(login.at("text").known)}`);
      for (const statement of login.policy("document")?.statements ?? [])
        statement.fail(`allows ${statement.parts.actions.join(", ")}`);
    },
  },
  {
    ...facts,
    id: "shows-another",
    title: "Users do not share passwords",
    inspects: { [LOGIN]: ["password"], [USER]: ["name"] },
    checkStack: (stack) => {
      for (const user of stack.ofType(USER))
        for (const login of stack.ofType(LOGIN))
          user.fail(`uses ${String(login.at("password").known)} of ${login.name}`, "name");
    },
  },
  {
    ...facts,
    id: "fails",
    title: "The rule works",
    inspects: { [LOGIN]: ["password"] },
    check: (login) => {
      throw new Error(`cannot read ${String(login.at("password").known)}`);
    },
  },
  {
    ...facts,
    id: "fails-over-the-stack",
    title: "The rule works, too",
    inspects: { [USER]: ["name"] },
    checkStack: (stack) => {
      for (const user of stack.ofType(USER)) {
        if (user.at("name").known === "broken") throw new Error("no name");
      }
    },
  },
  {
    ...facts,
    id: "remedies",
    title: "The port is right",
    inspects: { [LOGIN]: ["port"] },
    check: () => undefined,
    remediate: (properties) => {
      if (properties.user === "broken") throw new Error(`no way to mend ${String(properties.password)}`);
      properties.port = 443;
    },
  },
];

servePack(definePack({ name: "test", displayName: "Test", description: "Test.", rules: TEST_RULES }));
