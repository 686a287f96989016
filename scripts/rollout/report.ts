import type { EndpointState } from "../../runtime/endpoints/endpoint-control";
import type { RollOut } from "../../runtime/endpoints/roll-out";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";
import type { Simulation } from "./simulate";

/** `champion 70 on 2, challenger 30 on 1`: weight and instances of each variant. */
function traffic({ variants }: EndpointState): string {
  return variants
    .map(({ name, weight, instanceCount }) =>
      instanceCount === 0 ? `${name} ${weight}` : `${name} ${weight} on ${instanceCount}`,
    )
    .join(", ");
}

export function simulationReport(stack: string, simulation: Simulation, colour: Colour): string[] {
  const rows = simulation.steps.flatMap(({ step, endpoints, pointer }, i) =>
    endpoints.map((endpoint, j) => [
      j === 0 ? `${i + 1} ${step}` : "",
      endpoint.configurationName,
      traffic(endpoint),
      j === 0 ? pointer : "",
    ]),
  );
  const columns = ["step", "running configuration", "traffic (weight on instances)", "pointer"];
  return [
    colour.bold(`Rollout of ${stack}, simulated in memory: no AWS account, nothing is changed`),
    "",
    ...table(
      columns.map((title) => ({ title })),
      rows,
    ),
    "",
    simulation.isStateKept
      ? colour.green("The rollout kept the experiment's weights, instance counts and pointer.")
      : colour.red("The rollout did NOT keep the experiment's weights, instance counts and pointer."),
    `The pointer is ${simulation.pointerParameter}.`,
    ...comparison(simulation),
    colour.dim("With --apply the same rollout runs against the account of your AWS credentials."),
  ];
}

/** Only where there is a split to lose. */
function comparison({ withoutIgnoring }: Simulation): string[] {
  return withoutIgnoring
    .filter(({ variants }) => variants.length > 1)
    .map((endpoint) => `Had Pulumi updated the endpoint itself: ${traffic(endpoint)}.`);
}

export function rolloutLine(
  endpointName: string,
  { outcome, before, after }: RollOut,
  colour: Colour,
): string[] {
  const title = { unchanged: colour.dim, updated: colour.green, "rolled-back": colour.red }[outcome](outcome);
  return [
    `${endpointName}: ${title}`,
    ...table(
      [{ title: "" }, { title: "configuration" }, { title: "traffic (weight on instances)" }],
      [
        ["before", before.configurationName, traffic(before)],
        ["after", after.configurationName, traffic(after)],
      ],
    ).map((line) => `  ${line}`),
    ...(after.failureReason === undefined ? [] : [`  ${after.failureReason}`]),
  ];
}
