import { dayNumber, isoDate } from "../calendar/day";
import type { ActionRecord } from "./action-record";
import type { DataFault } from "./data-faults";
import { faultEvidence } from "./evidence";

/** Days without a fault (of rest, say) after which the same fault is a new one. */
const LONGEST_GAP = 3;

/**
 * The records with tonight's data faults: one record a fault, which grows while the fault goes on, and not one a night.
 *
 * @param day the night's last day with sales
 */
export function withHolds(
  records: readonly ActionRecord[],
  faults: readonly DataFault[],
  day: number,
): ActionRecord[] {
  const all = [...records];
  for (const fault of [...faults].sort((a, b) => a.day - b.day)) {
    const scope = fault.kind === "price-file" ? fault.category : (`store ${fault.store}` as const);
    const at = all.findLastIndex(
      (record) =>
        record.scope === scope && record.fault?.kind === fault.kind && goesOn(record.fault, fault.day),
    );
    const known = all[at]?.fault;
    // What was a wrong clock when both days were seen stays one when only the empty day is.
    if (all.some((record) => record.scope === scope && record.fault && covers(record.fault, fault.day)))
      continue;
    const from = known?.from ?? isoDate(fault.day);
    const held = {
      ...({ scope, reason: "data-fault", action: "hold" } as const),
      fault: { kind: fault.kind, from, to: isoDate(fault.day) },
      evidence: faultEvidence(fault, dayNumber(from)),
    };
    if (known) all[at] = { ...all[at]!, ...held };
    else all.push({ day: isoDate(day), ...held });
  }
  return all;
}

type Span = NonNullable<ActionRecord["fault"]>;

const covers = ({ from, to }: Span, day: number) => day >= dayNumber(from) && day <= dayNumber(to);

const goesOn = ({ to }: Span, day: number) => day > dayNumber(to) && day <= dayNumber(to) + LONGEST_GAP;
