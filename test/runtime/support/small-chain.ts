import { join } from "node:path";
import { buildAllFeatures } from "../../../bench/support/all-features";
import { isoDate } from "../../../forecasting/calendar/day";
import type { LakeSummary } from "../../../forecasting/lake/schema";
import { fitBaseline } from "../../../runtime/baseline/fit-baseline";
import { evaluate } from "../../../runtime/evaluation/evaluate";
import { generateLake, type GenerateOptions } from "../../../runtime/generate/generate";
import { windowsOf } from "../../../runtime/lake/windows-of";
import type { BaselineFolders, ModelFolders } from "../../../runtime/scoring/score-inputs";
import { trainModels } from "../../../runtime/training/train";

export interface SmallChain extends BaselineFolders, ModelFolders {
  readonly features: string;
  readonly summary: LakeSummary;
}

/** A generated chain with everything that the weekly job makes: features, baseline, models and their evaluation. */
export async function makeSmallChain(
  folder: string,
  world: Omit<GenerateOptions, "out">,
  alter?: (lake: string, summary: LakeSummary) => Promise<void>,
): Promise<SmallChain> {
  const at = (name: string) => join(folder, name);
  const [lake, features, baseline, models] = [at("lake"), at("features"), at("baseline"), at("models")];
  const summary = await generateLake({ ...world, out: lake, truth: false });
  await alter?.(lake, summary);
  const { trainFrom } = windowsOf(lake, summary);
  await buildAllFeatures({ lake, out: features, from: isoDate(trainFrom), to: summary.cutoff });
  await fitBaseline({ lake, out: baseline });
  await trainModels({ lake, features, baseline, out: models });
  await evaluate({ lake, features, baseline, models, out: at("evaluation") });
  return { lake, features, baseline, models, evaluation: at("evaluation"), summary };
}
