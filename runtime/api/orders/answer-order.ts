import { createHash } from "node:crypto";
import { confirmedOrderKey, type OrderNight } from "../../../contracts/serving-files";
import type { NightFiles } from "../../stores/night-files";
import type { ObjectStore, StoredObject } from "../../stores/object-store";
import type { ApiClock } from "../clock";
import type { OperationInput, OperationResult } from "../operations";
import { Problem } from "../problem";
import type { Confirmation, ConfirmedOrder, OrderAnswer } from "../schemas";

export interface OrderPorts {
  readonly night: NightFiles;
  /** Where confirmed orders are kept. */
  readonly objects: ObjectStore;
  readonly clock: ApiClock;
}

interface Found {
  readonly storeCode: string;
  readonly storeName: string;
  readonly storeId: number;
  readonly cutoff: string;
  readonly order: OrderNight;
}

/** What a store should order this morning, and what it has confirmed. */
export function answerOrder(ports: OrderPorts) {
  return async ({ parameters }: OperationInput<"getOrder">): Promise<OperationResult<"getOrder">> => {
    const found = await findOrder(ports.night, parameters.store);
    const object = await ports.objects.get(confirmedOrderKey(found.order.day, found.storeId));
    return {
      status: 200,
      body: orderBody(found, object && readConfirmed(object)),
      ...(object ? { headers: { etag: object.etag } } : {}),
    };
  };
}

/**
 * Keeps what a store orders. Pressing twice is one order; another order over a confirmed one needs to say which it replaces,
 * so that two people do not overwrite each other.
 */
export function confirmOrder(ports: OrderPorts) {
  return async (input: OperationInput<"confirmOrder">): Promise<OperationResult<"confirmOrder">> => {
    const found = await findOrder(ports.night, input.parameters.store);
    const { day, assortment } = found.order;
    if (input.parameters.day !== day) {
      throw new Problem(
        "no-recommendation",
        `the order of ${found.storeCode} is for ${day}, not for another day`,
      );
    }
    checkLines(input.body, assortment, found.storeCode);
    const key = confirmedOrderKey(day, found.storeId);
    const before = await ports.objects.get(key);
    const ifMatch = input.headers["if-match"];
    if (before && isSame(readConfirmed(before), input.body)) {
      return { status: 200, body: orderBody(found, readConfirmed(before)), headers: { etag: before.etag } };
    }
    if (before && ifMatch === undefined) throw alreadyConfirmed(found.storeCode, day);
    if (ifMatch !== undefined && before?.etag !== ifMatch) throw hasChanged(day);
    const order: ConfirmedOrder = {
      at: new Date(ports.clock.now()).toISOString(),
      lines: input.body.lines.map(({ sku, packs }) => ({ sku, packs })),
    };
    const condition = before ? ({ ifMatch: before.etag } as const) : ({ ifAbsent: true } as const);
    const etag = await ports.objects.put(key, JSON.stringify(order), condition);
    // Somebody was faster by a moment.
    if (etag === undefined) throw before ? hasChanged(day) : alreadyConfirmed(found.storeCode, day);
    return { status: before ? 200 : 201, body: orderBody(found, order), headers: { etag } };
  };
}

async function findOrder(night: NightFiles, storeCode: string): Promise<Found> {
  try {
    const { value: open } = await night.open();
    const { stores, cutoff } = open.night;
    const store = Object.hasOwn(stores, storeCode) ? stores[storeCode] : undefined;
    if (!store) throw new Problem("unknown-store", `store "${storeCode}" is not one of the chain's`);
    const order = await open.orders(store.id);
    if (!order) throw new Problem("no-recommendation", `store "${storeCode}" has no recommendation today`);
    return { storeCode, storeName: store.name, storeId: store.id, cutoff, order };
  } catch (error) {
    if (error instanceof Problem) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem("not-available", why, [], { "retry-after": "5" });
  }
}

const SHOWN_LINES = 10;

function checkLines({ lines }: Confirmation, assortment: OrderNight["assortment"], storeCode: string): void {
  const errors = lines.flatMap(({ sku }, i) =>
    Object.hasOwn(assortment, sku)
      ? []
      : [{ field: `/lines/${i}/sku`, message: `store "${storeCode}" does not sell "${sku}"` }],
  );
  if (errors.length === 0) return;
  const [first] = errors;
  throw new Problem("invalid-request", `${first!.field}: ${first!.message}`, errors.slice(0, SHOWN_LINES));
}

const alreadyConfirmed = (storeCode: string, day: string) =>
  new Problem(
    "already-confirmed",
    `${storeCode} has confirmed other lines for ${day}: read the order and send its ETag as If-Match`,
  );
const hasChanged = (day: string) =>
  new Problem(
    "precondition-failed",
    `the order of ${day} is no longer the one that If-Match names: read it again`,
  );

function readConfirmed({ content }: StoredObject): ConfirmedOrder {
  return JSON.parse(content.toString("utf8")) as ConfirmedOrder;
}

/** The same packs of the same SKUs, in whatever order; a line of 0 packs is as good as none. */
function isSame(one: Pick<ConfirmedOrder, "lines">, other: Pick<ConfirmedOrder, "lines">): boolean {
  const digest = ({ lines }: Pick<ConfirmedOrder, "lines">) =>
    createHash("sha256")
      .update(
        JSON.stringify(
          lines
            .filter(({ packs }) => packs > 0)
            .map(({ sku, packs }) => [sku, packs])
            .sort(),
        ),
      )
      .digest("hex");
  return digest(one) === digest(other);
}

function orderBody(found: Found, confirmed: ConfirmedOrder | undefined): OrderAnswer {
  const { day, stockSource, lines } = found.order;
  return {
    store: found.storeCode,
    storeName: found.storeName,
    day,
    asOf: found.cutoff,
    stockSource,
    lines: [...lines],
    ...(confirmed ? { confirmed } : {}),
  };
}
