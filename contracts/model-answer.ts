/**
 * Answers of an endpoint in the order of the rows, in every form that the built-in XGBoost container gives them: real-time
 * text/csv is one line with commas, batch is a line a row; application/json is a list from a multi-model container and
 * `{"predictions": [{"score": 1}]}` from a single-model one.
 *
 * @throws Error when the answer has another form, or another number of values than rows were sent
 */
export function readModelAnswers(text: string, contentType: string, rowCount: number): Float64Array {
  const type = contentType.split(";")[0]!.trim().toLowerCase();
  const values = type === "application/json" ? fromJson(text) : fromCsv(text);
  if (values.length !== rowCount) {
    throw new Error(`the model answered ${values.length} values to ${rowCount} rows`);
  }
  return Float64Array.from(values);
}

function fromCsv(text: string): number[] {
  return text
    .trim()
    .split(/[,\n]/)
    .map((field) => (field.trim() === "" ? NaN : Number(field)));
}

function fromJson(text: string): number[] {
  const answer = JSON.parse(text) as unknown;
  const list =
    typeof answer === "object" && answer !== null && "predictions" in answer ? answer.predictions : answer;
  if (!Array.isArray(list)) {
    throw new Error(`the model answered ${text.slice(0, 80)}; allowed: a list, or one under "predictions"`);
  }
  return list.map((value: unknown) => {
    const score = typeof value === "object" && value !== null && "score" in value ? value.score : value;
    return typeof score === "number" ? score : NaN;
  });
}
