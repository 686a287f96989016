import type { Recording } from "../../preview/recorded-resource";
import type { EndpointState } from "../../runtime/endpoints/endpoint-control";
import { LocalSageMaker } from "../../runtime/endpoints/local/sagemaker";
import { rollOut } from "../../runtime/endpoints/roll-out";
import { endpointsOfPlan, pointersOfPlan } from "./endpoints-of-plan";
import { PlanDeployment } from "./plan-deployment";

/** The live state after one step. */
interface SimulatedStep {
  readonly step: string;
  readonly endpoints: readonly EndpointState[];
  /** Version of the pointer that the experiment moves. */
  readonly pointer: string;
}

export interface Simulation {
  readonly steps: readonly SimulatedStep[];
  /** The pointer that the experiment moves. */
  readonly pointerParameter: string;
  /** Whether weights, instance counts and the pointer are after the rollout what the experiment had made of them. */
  readonly isStateKept: boolean;
  /** What the same deployment leaves when the program does not ignore what the run time owns. */
  readonly withoutIgnoring: readonly EndpointState[];
}

const noWait = { sleep: () => Promise.resolve() };

/** How far an experiment moves the split: from 90/10 to 70/30. */
const MOVED_WEIGHT = 20;

/** A model version that the experiment promotes. */
const PROMOTED_VERSION = "20261004-0a1b2c3d";

/**
 * A deployment in the middle of an experiment, played against the SageMaker in memory: the first deployment, the
 * experiment, a deployment with changed settings, the rollout.
 */
export async function simulateRollout(
  first: Recording,
  second: Recording,
  change: string,
): Promise<Simulation> {
  const cloud = new LocalSageMaker();
  const deployment = new PlanDeployment(cloud);
  const pointerParameter = pointersOfPlan(first).at(-1) ?? "";
  const steps: SimulatedStep[] = [];
  const note = async (step: string) => {
    const endpoints = await describeAll(cloud, first);
    steps.push({ step, endpoints, pointer: await cloud.readPointer(pointerParameter) });
  };

  deployment.up(first);
  await note("pulumi up into an empty account");
  await experiment(cloud, first, pointerParameter);
  await note("an experiment moves traffic and a pointer");
  deployment.up(second);
  await note(`pulumi up with ${change}`);
  for (const { endpointName, desiredParameter } of endpointsOfPlan(second)) {
    await rollOut(cloud, endpointName, await cloud.readDesired(desiredParameter), noWait);
  }
  await note("rollout");
  const [, during, , after] = steps;
  return {
    steps,
    pointerParameter,
    isStateKept: during !== undefined && after !== undefined && runTimeState(during) === runTimeState(after),
    withoutIgnoring: await deployWithoutIgnoring(first, second, pointerParameter),
  };
}

async function experiment(cloud: LocalSageMaker, plan: Recording, pointerParameter: string): Promise<void> {
  for (const { endpointName } of endpointsOfPlan(plan)) {
    const { variants } = await cloud.describe(endpointName);
    const [champion, challenger] = variants;
    if (champion && challenger) {
      await cloud.updateWeights(endpointName, {
        [champion.name]: champion.weight - MOVED_WEIGHT,
        [challenger.name]: challenger.weight + MOVED_WEIGHT,
      });
      cloud.scale(endpointName, champion.name, champion.instanceCount + 1);
    }
  }
  await cloud.setPointer(pointerParameter, PROMOTED_VERSION);
}

async function deployWithoutIgnoring(
  first: Recording,
  second: Recording,
  pointerParameter: string,
): Promise<EndpointState[]> {
  const cloud = new LocalSageMaker();
  const deployment = new PlanDeployment(cloud);
  deployment.up(ignoringNothing(first));
  await experiment(cloud, first, pointerParameter);
  for (const { endpointName, variants } of await describeAll(cloud, first)) {
    // Otherwise SageMaker would reject another instance type, and the comparison would end here.
    await cloud.releaseScaling(
      endpointName,
      variants.map(({ name }) => name),
    );
  }
  deployment.up(ignoringNothing(second));
  return settled(cloud, second);
}

function ignoringNothing(plan: Recording): Recording {
  return { ...plan, resources: plan.resources.map((resource) => ({ ...resource, ignoreChanges: [] })) };
}

function describeAll(cloud: LocalSageMaker, plan: Recording): Promise<EndpointState[]> {
  return Promise.all(endpointsOfPlan(plan).map(({ endpointName }) => cloud.describe(endpointName)));
}

async function settled(cloud: LocalSageMaker, plan: Recording): Promise<EndpointState[]> {
  const states = await describeAll(cloud, plan);
  return states.every(({ status }) => status === "InService") ? states : settled(cloud, plan);
}

function runTimeState({ endpoints, pointer }: SimulatedStep): string {
  return JSON.stringify([
    endpoints.map(({ endpointName, variants }) => ({ endpointName, variants })),
    pointer,
  ]);
}
