'use strict';

// Checks KQL against the schema. Takes the folder in which npm has installed the language service. Reads queries from standard
// input, [{ "text": "…", "scopes": ["component"] }], and writes for each an array of the errors in the scope that fits it best.

const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const schema = require('./schema.cjs');

// Compiled from C# by Bridge.NET: each file adds to the global objects Bridge and Kusto.
const requireInstalled = createRequire(join(process.argv[2], 'package.json'));
requireInstalled('@kusto/language-service-next/bridge.min.js');
requireInstalled('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { ColumnSymbol, DatabaseSymbol, ScalarTypes, TableSymbol } = Kusto.Language.Symbols;

function words(text) {
  return text.trim().split(/\s+/);
}

function columnsOf({ tables, ...columnsByType }) {
  return Object.entries(columnsByType).flatMap(([type, names]) =>
    words(names).map(name => new ColumnSymbol(name, ScalarTypes.GetSymbol(type))));
}

// A database that is not open has the tables and columns that it is given: any other is an error, not a column of unknown type.
function globalsOf(scope) {
  const tables = new Map();
  for (const group of schema[scope]) {
    for (const table of words(group.tables)) {
      tables.set(table, [...(tables.get(table) ?? []), ...columnsOf(group)]);
    }
  }
  const symbols = [...tables].map(([name, columns]) => new TableSymbol.$ctor4(name, columns));
  return Kusto.Language.GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor(scope, symbols));
}

const globals = Object.fromEntries(Object.keys(schema).map(scope => [scope, globalsOf(scope)]));

function errorsIn(text, scope) {
  return Bridge.toArray(Kusto.Language.KustoCode.ParseAndAnalyze(text, globals[scope]).GetDiagnostics())
    .filter(diagnostic => diagnostic.Severity === Kusto.Language.DiagnosticSeverity.Error)
    .map(diagnostic => `${scope}, line ${text.slice(0, diagnostic.Start).split('\n').length}: ${diagnostic.Message}`);
}

const queries = JSON.parse(readFileSync(0, 'utf8'));
const errors = queries.map(({ text, scopes }) =>
  scopes.map(scope => errorsIn(text, scope)).reduce((best, other) => other.length < best.length ? other : best));
process.stdout.write(JSON.stringify(errors));
