// Runs statements that come as lines of JSON ({"sql": ...}) on one database in memory, and answers
// each with a line: {"seconds": ..., "rows": [...]} or {"error": ...}. Ends with its input.
import {createInterface} from 'node:readline';

import {DuckDBInstance} from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
for await (const line of createInterface({input: process.stdin})) {
  let answer;
  try {
    const begin = process.hrtime.bigint();
    const reader = await connection.runAndReadAll(JSON.parse(line).sql);
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    answer = {seconds, rows: reader.getRowsJson()};
  } catch (error) {
    answer = {error: String(error)};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
