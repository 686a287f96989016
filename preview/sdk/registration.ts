/** A registration while it is being answered. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** Made by a provider in another process (awsx). */
  readonly remote: boolean;
  /** Inputs as they went over the wire. */
  readonly wireInputs: Readonly<Record<string, unknown>>;
  readonly provider: string;
  readonly preview: boolean;
}

/** What stands for the providers and the cloud. Values are plain or wire values; an undefined one is an error of the plan. */
export interface ProviderStubs {
  /** The physical name that the provider fills in when the program gives none; known in a preview already. */
  readonly autoName: (registration: Registration) => Record<string, string>;
  /** Id and computed properties of a resource once it exists. Not asked in a preview. */
  readonly create: (registration: Registration) => { id: string; computed: Record<string, unknown> };
  /** Result of a provider function, undefined when there is no stub for it. */
  readonly invoke: (token: string, args: Record<string, unknown>) => Record<string, unknown> | undefined;
  /** Registers the children of a remote component and returns its outputs, undefined when there is no stub for it. */
  readonly expand: (registration: Registration) => Record<string, unknown> | undefined;
}
