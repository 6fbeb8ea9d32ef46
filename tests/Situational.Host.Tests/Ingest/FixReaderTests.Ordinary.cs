using Situational.Host.Ingest;

namespace Situational.Host.Tests.Ingest;

public sealed partial class FixReaderTests
{
    [Fact]
    public void Read_TheOrdinaryWayAndTheCarefulWay_ReadTheSame()
    {
        var random = new Random(20261122);
        string[] numbers = ["39.9", "-0", "0", "00", "1.", ".5", "90", "116.407394", "-12.000001", "179.9999999999999", "3e1", "1234567890123456789", "-", "12.50", "x"];
        string[] texts = ["u1", "", " ", "巡1", "a b", "é", "\\u0041", "a\\n", "a\tb", "a\u200bb", "\u007f", new('a', 33), new('b', 65)];
        string[] times = ["1795000000000", "0", "-5", "1795000000", "1795000000000.5", "\"2026-11-18T13:46:40.5+08:00\"", "\"2026-11-18\"", "01795000000000", "99999999999999999", "null"];
        string[] others = ["null", "true", "7", "[1]", "{\"lat\":1}", "\"bd09\"", "\"wgs84\"", "100", "100.5", "-1"];
        string[] names = ["unit", "lat", "lon", "at", "accuracy", "speed", "heading", "squad", "callSign", "battery", "datum"];
        for (var round = 0; round < 3_000; round++)
        {
            var fields = names.Take(4).Concat(names.Where(_ => random.Next(4) == 0)).OrderBy(_ => random.Next()).Select(name =>
            {
                var pool = random.Next(12) == 0 ? others : name switch
                {
                    "unit" or "squad" or "callSign" => [.. texts.Select(t => $"\"{t}\"")],
                    "at" => times,
                    "datum" or "battery" => others,
                    _ => numbers,
                };
                return $"\"{name}\"{Blank(random)}:{Blank(random)}{(random.Next(3) == 0 ? pool[random.Next(pool.Length)] : pool[0])}";
            });
            var body = string.Join(Blank(random) + ",", fields);

            Assert.Equal(Outcome($"[{{\"\":{{}},{body}}}]"), Outcome($"[{{{body}}}]"));
        }

        static string Blank(Random random) => random.Next(8) == 0 ? " " : "";
        static string Outcome(string body)
        {
            try
            {
                return Describe(Read(body));
            }
            catch (BodyRefusedException refused)
            {
                return $"{refused.Status}";
            }
        }
    }
}
