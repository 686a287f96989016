import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** The rooms of the tree, and for each the rooms that it may import from (docs/adr/0001); scripts and benchmarks may all. */
const mayImport = {
  asl: [],
  client: [],
  contracts: [],
  policies: [],
  forecasting: ["contracts"],
  pipelines: ["asl", "contracts"],
  components: ["asl", "contracts", "pipelines"],
  stacks: ["asl", "components", "contracts", "pipelines"],
  runtime: ["asl", "contracts", "forecasting", "pipelines"],
  preview: ["asl", "components", "contracts", "forecasting", "pipelines", "policies", "runtime", "stacks"],
  web: ["client"],
};

const rooms = [...Object.keys(mayImport), "bench", "scripts"];

/** Folders without files, processes and clouds. */
const pure = ["asl", "contracts", "forecasting", "pipelines"];

const importDirection = Object.entries(mayImport).map(([folder, allowed]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: rooms
              .filter((room) => room !== folder && !allowed.includes(room))
              .flatMap((other) => [`**/${other}/*`, `**/${other}/**`, `**/${other}`])
              .concat("**/test/**"),
            message: `${folder}/ must not depend on it: imports go one way (docs/adr/0001).`,
          },
          ...(pure.includes(folder)
            ? [
                {
                  group: ["@pulumi/*", "@aws-sdk/*", "node:fs", "node:fs/*", "fs", "node:child_process"],
                  message: `${folder}/ is pure.`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

const noResourceInApply = {
  selector: "CallExpression[callee.property.name='apply'] NewExpression[callee.type='MemberExpression']",
  message: "No resource inside apply: a preview would not show it.",
};

/** `import { z }` brings all of zod into a bundle, 60 KB and 60 ms of a cold start; `import * as z` what is used. */
const zodAsNamespace = {
  selector: "ImportDeclaration[source.value='zod'][importKind!='type'] > ImportSpecifier[imported.name='z']",
  message: 'Handlers are bundled: import * as z from "zod".',
};

/** Only runtime/engine/files deletes or moves; it can prove what is this program's own (docs/adr/0039). */
const movers = ["rm", "rmdir", "unlink", "rename"].flatMap((name) => [name, `${name}Sync`]);
const oneRoomDeletes = {
  selector: [
    `ImportDeclaration[source.value=/^(node:)?fs(\\u002fpromises)?$/] > ImportSpecifier[imported.name=/^(${movers.join("|")})$/]`,
    `CallExpression[callee.object.name=/^fs/][callee.property.name=/^(${movers.join("|")})$/]`,
  ].join(", "),
  message: "Deleting and moving is engine/files' work: replaceFolder, replaceFile, removeInside.",
};

export default tseslint.config(
  {
    ignores: [
      "node_modules/**",
      "policies/*/dist/**",
      "coverage/**",
      ".smartretail/**",
      "eslint.config.mjs",
      "**/*.mjs",
      "**/*.cjs",
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": ["error", noResourceInApply],
    },
  },
  {
    files: ["runtime/**/*.ts", "scripts/**/*.ts"],
    ignores: ["runtime/engine/files/**"],
    rules: { "no-restricted-syntax": ["error", noResourceInApply, oneRoomDeletes] },
  },
  {
    files: [
      "runtime/{api,stores,endpoints,experiment}/**/*.ts",
      "runtime/entry/*-function.ts",
      "contracts/**/*.ts",
    ],
    rules: { "no-restricted-syntax": ["error", noResourceInApply, oneRoomDeletes, zodAsNamespace] },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='apply']",
          message: "An un-awaited apply asserts nothing: use valueOf() of test/support.",
        },
        {
          selector:
            "CallExpression[callee.object.name='assert'][callee.property.name=/^(rejects|throws)$/][arguments.length<2]",
          message: "Say which error: a throw of any kind also passes for a mistake in the test.",
        },
      ],
    },
  },
  ...importDirection,
);
