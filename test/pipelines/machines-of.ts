import type { Machine } from "../../asl/states";
import type { MachineKind } from "../../contracts/machines";
import { nightlyMachine } from "../../pipelines/nightly";
import type { MachinePlace } from "../../pipelines/place";
import { tuningMachine } from "../../pipelines/tuning";
import { weeklyMachine } from "../../pipelines/weekly";

export function machinesOf(place: MachinePlace): Readonly<Record<MachineKind, Machine>> {
  return { nightly: nightlyMachine(place), weekly: weeklyMachine(place), tuning: tuningMachine(place) };
}
