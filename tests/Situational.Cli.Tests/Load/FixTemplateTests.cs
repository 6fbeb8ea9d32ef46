using System.Text;
using System.Text.Json;
using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>Requests whose digits are written over stay what they should be.</summary>
public sealed class FixTemplateTests
{
    private const long Begin = 1_795_334_400_000;

    [Theory]
    [InlineData(31.2, 121.4)]
    [InlineData(-33.9, -70.7)]
    [InlineData(0.5, -0.6)]
    [InlineData(9.99, 99.99)]
    public void Write_OfUnitsThatWalk_IsAlwaysAPlaceInTheCityThatTheyCanHaveGotTo(double south, double west)
    {
        var ground = Ground.Read(LoadCity.Squares(200, south, west));
        var fleet = Fleet.Of('u', 7, 30, ground, 1, Begin);
        var template = new FixTemplate("Host: x\r\n", 1, fleet.Count, lines: false, bare: false);
        var before = new (double Lat, double Lon, long At)[fleet.Count];
        var random = new Random(3);

        for (var at = Begin + 1; at < Begin + 2_000_000; at += random.Next(1, 20_000))
        {
            for (var i = 0; i < fleet.Count; i++)
            {
                fleet.Units[i].WalkTo(at, fleet.Rounds[i]);
                template.Write(0, i, fleet.Units[i], TimeDigits.Of(at));
            }
            var fixes = Fixes(template.Bytes.Span);
            Assert.Equal(fleet.Count, fixes.Count);
            for (var i = 0; i < fixes.Count; i++)
            {
                var (lat, lon) = (fixes[i].GetProperty("lat").GetDouble(), fixes[i].GetProperty("lon").GetDouble());
                Assert.Equal(($"load-u{7 + i:D7}", at), (fixes[i].GetProperty("unit").GetString(), fixes[i].GetProperty("at").GetInt64()));
                Assert.InRange(fixes[i].GetProperty("heading").GetInt32(), 0, 359);
                Assert.True(ground.Contains(lat, lon) || ground.Contains(lat + 2e-7, lon + 2e-7) || ground.Contains(lat - 2e-7, lon - 2e-7), $"{lat} {lon}");
                if (before[i].At > 0)
                {
                    var meters = Math.Sqrt(Math.Pow((lat - before[i].Lat) * 111_195, 2) + Math.Pow((lon - before[i].Lon) * 111_195 * Math.Cos(lat / 180 * Math.PI), 2));
                    Assert.True(meters <= (at - before[i].At) / 1_000.0 * 1.9 + 0.05, $"{meters} m in {at - before[i].At} ms");
                }
                before[i] = (lat, lon, at);
            }
        }
        Assert.True(fleet.Units.Select(u => u.Heading).Distinct().Count() > 10);
    }

    [Fact]
    public void Bytes_OfSeveralRequestsInLines_AreEachWholeAndOfTheLengthTheySay()
    {
        var ground = Ground.Read(LoadCity.Squares(30));
        var fleet = Fleet.Of('m', 0, 4, ground, 1, Begin);
        var template = new FixTemplate("Host: x\r\n", 2, 2, lines: true, bare: true);
        for (var i = 0; i < 4; i++)
            template.Write(i / 2, i % 2, fleet.Units[i], TimeDigits.Of(Begin + i));

        var text = Encoding.ASCII.GetString(template.Bytes.Span);
        for (var i = 0; i < 2; i++)
        {
            var request = text.Substring(i * template.RequestBytes, template.RequestBytes);
            var (head, body) = (request.Split("\r\n\r\n")[0], request.Split("\r\n\r\n")[1]);
            Assert.Contains($"Content-Length: {body.Length}", head);
            var fixes = body.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
            Assert.Equal([$"load-m{i * 2:D7}", $"load-m{i * 2 + 1:D7}"], fixes.Select(f => f.GetProperty("unit").GetString()!));
            Assert.Equal(["unit", "lat", "lon", "at"], fixes[1].EnumerateObject().Select(p => p.Name));
        }
    }

    private static List<JsonElement> Fixes(ReadOnlySpan<byte> request)
    {
        var text = Encoding.ASCII.GetString(request);
        return [.. JsonDocument.Parse(text.Split("\r\n\r\n")[1]).RootElement.EnumerateArray()];
    }
}
