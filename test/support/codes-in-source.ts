import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot, typescriptFiles } from './import-graph.ts';

/** The form of every published code: a group, a point, words joined by hyphens. */
const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const CODE_IN_SQL = /'([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)'/g;

/** Calls whose first argument is a code, by the last word of what is called. */
const CALLS = /^(AppError|problem|notice|rejection|refuse|refused|reject|report|add|fail|note|#push|push)$/;

export interface CodeUse {
  readonly code: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Codes that the product's sources report: a code as first argument of `AppError`, `problem`, `refuse` and their kin, as
 * value of a property `code` or of a list called `…codes`, or inside SQL that writes the ledger.
 */
export function codesInSource(): CodeUse[] {
  return typescriptFiles('src')
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('src/domains/identifiers/'))
    .flatMap((file) => codesOf(file, readFileSync(join(repositoryRoot, file), 'utf8')));
}

export function codesOf(file: string, text: string): CodeUse[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: CodeUse[] = [];
  const note = (code: string, node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ code, file, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      if (CODE.test(node.text) && reportsCode(node)) note(node.text, node);
      else if (node.text.includes('quality_problem'))
        for (const match of node.text.matchAll(CODE_IN_SQL)) note(match[1]!, node);
    } else if (ts.isTemplateExpression(node) && node.getText().includes('quality_problem')) {
      for (const match of node.getText().matchAll(CODE_IN_SQL)) note(match[1]!, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether a literal stands where a code is reported, also as a branch of a condition. */
function reportsCode(literal: ts.Node): boolean {
  let node: ts.Node = literal;
  while (ts.isConditionalExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const parent = node.parent;
  if (ts.isPropertyAssignment(parent) && parent.initializer === node)
    return parent.name.getText() === 'code' || isListOfCodes(parent.parent.parent);
  if ((ts.isNewExpression(parent) || ts.isCallExpression(parent)) && parent.arguments?.[0] === node) {
    const called = ts.isPropertyAccessExpression(parent.expression) ? parent.expression.name : parent.expression;
    return CALLS.test(called.getText());
  }
  return false;
}

/** `const codes = { … }`: a list whose values are codes. */
function isListOfCodes(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && /codes$/i.test(node.name.getText());
}
