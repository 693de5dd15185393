/**
 * The second door of the library, published as `xiedang/identifiers/words`: names of parts, their meaning in Chinese and
 * English, and the cited sources. Apart from the parsers, so that a page which only checks codes need not load them.
 */
export {
  describeNumberPart,
  explainNumberPart,
  explainNumberReading,
  type Language,
  type NumberSource,
  sourcesOfNumber,
} from './numbers/words.ts';
export { describeElement, type ElementDescription, type ExplainedPart, explainUdi } from './udi/describe.ts';
