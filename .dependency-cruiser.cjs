/** Imports go one way (docs/adr/0001), and nowhere in a circle: types count like values. */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Files that need each other are one thing, or hide a third that both should import.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    skipAnalysisNotInRules: true,
  },
};
