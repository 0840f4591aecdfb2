import { describe, expect, it } from "vitest";
import { loadConfig } from "../src/index.js";
import { boundsProblems, timeBounds } from "../src/config/bounds.js";
import { readInstant } from "../src/instant.js";
import { testRegistry, validConfig } from "./plugins.js";

const temporal = (start_date: string, end_date: string) => ({
  bounds: { temporal: { start_date, end_date } },
});
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

describe("a day or an instant", () => {
  it.each([
    ["2019-02-28", "2019-02-28T00:00:00.000Z", true],
    ["2020-02-29", "2020-02-29T00:00:00.000Z", true],
    ["2019-02-28T15:00", "2019-02-28T15:00:00.000Z", false],
    ["2019-02-28T15:00:01.5Z", "2019-02-28T15:00:01.500Z", false],
    ["2019-02-28 15:00:01", "2019-02-28T15:00:01.000Z", false],
    ["2019-02-28T00:30+01:00", "2019-02-27T23:30:00.000Z", false],
    ["2019-02-28T00:30:00-0330", "2019-02-28T04:00:00.000Z", false],
  ])("%s is read in UTC", (text, expected, isDay) => {
    const found = readInstant(text);
    expect([iso(found?.ms), found?.isDay]).toEqual([expected, isDay]);
  });

  it.each([
    "2019-02-29",
    "2019-13-01",
    "2019-00-01",
    "2019-01-00",
    "2019-2-1",
    "20190201",
    "2019-02",
    "2019-02-01T24:00",
    "2019-02-01T10:60",
    "2016-12-31T23:59:60Z",
    "2019-02-01T10",
    "2019-02-01T10:00+24:00",
    "2019-02-01 ",
    "yesterday",
    "",
  ])("%j is none", (text) => {
    expect(readInstant(text)).toBeUndefined();
  });
});

describe("bounds in time", () => {
  it.each([
    ["2019-02-01", "2019-02-28", "2019-02-01T00:00:00.000Z", "2019-03-01T00:00:00.000Z"],
    ["2019-02-01", "2019-02-01", "2019-02-01T00:00:00.000Z", "2019-02-02T00:00:00.000Z"],
    ["2019-02-01T12:00Z", "2019-02-01T13:00Z", "2019-02-01T12:00:00.000Z", "2019-02-01T13:00:00.000Z"],
    ["2019-02-01T01:00+01:00", "2019-02-01", "2019-02-01T00:00:00.000Z", "2019-02-02T00:00:00.000Z"],
  ])(
    "from %s to %s are half-open: a last day is whole, a last instant is not in them",
    (start, end, from, to) => {
      const config = temporal(start, end);
      expect(boundsProblems(config)).toEqual([]);
      const time = timeBounds(config);
      expect([iso(time?.startMs), iso(time?.endMs)]).toEqual([from, to]);
    },
  );

  it.each([undefined, null, {}, { temporal: null }])("are none in %j", (bounds) => {
    const config = bounds === undefined ? {} : { bounds };
    expect(boundsProblems(config)).toEqual([]);
    expect(timeBounds(config)).toBeUndefined();
  });

  it.each([
    ["2019-02-02", "2019-02-01", ["end_date"]],
    ["2019-02-01T12:00Z", "2019-02-01T12:00Z", ["end_date"]],
    ["2019-02-30", "soon", ["start_date", "end_date"]],
  ])("from %s to %s are refused", (start, end, keys) => {
    const problems = boundsProblems(temporal(start, end));
    expect(problems.map(({ code }) => code)).toEqual(keys.map(() => "CONFIG_BOUNDS"));
    expect(problems.map(({ path }) => path.at(-1))).toEqual(keys);
  });
});

describe("bounds in a configuration", () => {
  const load = (bounds: string) => loadConfig(`${validConfig}bounds: ${bounds}\n`, testRegistry());

  it("may be dates without quotes, and a box or GeoJSON", () => {
    const time = "{start_date: 2019-02-01, end_date: 2019-02-28}";
    for (const spatial of ["[170, -10, -170, 10]", "{type: Polygon, coordinates: []}"]) {
      const { config } = load(`{temporal: ${time}, spatial: ${spatial}}`);
      expect(timeBounds(config)?.endMs).toBe(Date.UTC(2019, 2, 1));
    }
  });

  it.each([
    ["{spatial: [1, 2, 3]}", "CONFIG_VALUE"],
    ["{spatial: area.geojson}", "CONFIG_VALUE"],
    ["{temporal: {start_date: 2019-02-01, end_date: 2019-02-31}}", "CONFIG_BOUNDS"],
  ])("%s is refused with %s", (bounds, code) => {
    expect(() => load(bounds)).toThrowError(expect.objectContaining({ code }));
  });
});
