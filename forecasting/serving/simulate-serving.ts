import type { Random } from "../generator/random";
import type { RequestTimes } from "./request-times";

/** How an endpoint behaves. Times in milliseconds; all but the load vary by lognormal factors of these deviations. */
export interface ServingBehaviour {
  readonly modelMilliseconds: number;
  readonly modelDeviation: number;
  readonly overheadMilliseconds: number;
  readonly loadMilliseconds: number;
  readonly loadDeviation: number;
  /** Beyond the load; 0 where figures show both as one. */
  readonly startMilliseconds: number;
  /** Containers that are always warm. */
  readonly warmContainers: number;
  /** Containers at most; a request that finds all of them busy waits. */
  readonly mostContainers: number;
  /** Idle seconds after which a container that is not kept warm goes. AWS publishes no figure. */
  readonly keepSeconds: number;
}

export interface Traffic {
  readonly requestsPerSecond: number;
  readonly requests: number;
}

interface Container {
  readonly isKept: boolean;
  freeAt: number;
}

/** Requests that arrive by chance at a steady mean rate, one after the other. */
export function simulateServing(
  behaviour: ServingBehaviour,
  traffic: Traffic,
  random: Random,
): RequestTimes[] {
  const containers: Container[] = Array.from({ length: behaviour.warmContainers }, () => ({
    isKept: true,
    freeAt: 0,
  }));
  let now = 0;
  return Array.from({ length: traffic.requests }, () => {
    now += (-Math.log(1 - random.uniform()) / traffic.requestsPerSecond) * 1000;
    return serve(behaviour, containers, now, random);
  });
}

function serve(
  behaviour: ServingBehaviour,
  containers: Container[],
  now: number,
  random: Random,
): RequestTimes {
  dropIdle(behaviour, containers, now);
  const factor = (deviation: number) => Math.exp(deviation * random.normal() - deviation ** 2 / 2);
  const common = {
    model: behaviour.modelMilliseconds * factor(behaviour.modelDeviation),
    overhead: behaviour.overheadMilliseconds * factor(behaviour.modelDeviation),
  };
  const free = containers.filter(({ freeAt }) => freeAt <= now).sort((a, b) => b.freeAt - a.freeAt)[0];
  if (free === undefined && containers.length < behaviour.mostContainers) {
    const load = behaviour.loadMilliseconds * factor(behaviour.loadDeviation);
    const times = { ...common, load, start: behaviour.startMilliseconds, queue: 0 };
    containers.push({ isKept: false, freeAt: now + times.model + load + times.start });
    return times;
  }
  const next = free ?? containers.reduce((first, each) => (each.freeAt < first.freeAt ? each : first));
  const queue = Math.max(0, next.freeAt - now);
  next.freeAt = now + queue + common.model;
  return { ...common, load: 0, start: 0, queue };
}

function dropIdle({ keepSeconds }: ServingBehaviour, containers: Container[], now: number): void {
  for (let i = containers.length - 1; i >= 0; i--) {
    const { isKept, freeAt } = containers[i]!;
    if (!isKept && now - freeAt > keepSeconds * 1000) containers.splice(i, 1);
  }
}
