import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { codeOf } from "./clear-error";

/** In every folder that this program makes: without it, nothing in the folder is replaced or deleted. */
export const MARKER_FILE = ".smartretail.json";

/** Of the marker; a later one is none that this program may act on. */
export const MARKER_FORMAT = 1;

const markerSchema = z.object({
  program: z.literal("smartretail"),
  format: z.number().int().min(1).max(MARKER_FORMAT),
  /** "filling" until the folder is whole. */
  state: z.enum(["filling", "whole"]),
  /** Files that were written, relative, in order. Marked folders inside have lists too: a file of either is ours. */
  files: z.array(z.string()),
  /** Marked folders inside. */
  folders: z.array(z.string()),
});

export type FolderMarker = z.infer<typeof markerSchema>;

/** Undefined where there is no marker of ours. */
export function readMarker(folder: string): FolderMarker | undefined {
  try {
    const parsed = markerSchema.safeParse(JSON.parse(readFileSync(join(folder, MARKER_FILE), "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR" || error instanceof SyntaxError) return;
    throw error;
  }
}
