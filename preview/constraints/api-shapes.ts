/** One shape of an AWS API, as published in the service models. Scalars without any limit are not kept. */
export interface ApiShape {
  /** String: length; number: value; list and map: count. */
  readonly min?: number;
  readonly max?: number;
  /** Whole-value regular expression. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly number?: true;
  /** Structure: member name to the reference of its shape, "" for one without limits. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Reference of the element's shape. */
  readonly list?: string;
  /** Reference of the value's shape. */
  readonly map?: string;
}

/** preview/api-constraints.json; `npm run constraints` writes it. */
export interface ApiConstraints {
  readonly source: { readonly package: string; readonly version: string; readonly licence: string };
  /** `service.Operation` to the reference of its input. */
  readonly operations: Readonly<Record<string, string>>;
  /** `service.Shape` to the shape. */
  readonly shapes: Readonly<Record<string, ApiShape>>;
}
