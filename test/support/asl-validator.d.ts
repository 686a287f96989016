/** The package brings no types. */
declare module "asl-validator" {
  interface Finding {
    readonly "Error code": string;
    readonly Message: string;
  }
  export default function validate(machine: object): {
    readonly isValid: boolean;
    readonly errors: readonly Finding[];
  };
}
