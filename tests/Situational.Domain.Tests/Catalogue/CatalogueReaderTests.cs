using System.Text;
using System.Text.Json.Nodes;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Catalogue;

public sealed class CatalogueReaderTests
{
    [Fact]
    public void Read_ACategory_IsReadInFull()
    {
        var fire = CityRules.Default.Categories["fire"];
        Assert.Equal(("火情", "Fire"), (fire.Name.Zh, fire.Name.En));
        Assert.Equal((CategoryKind.Event, "突发事件", Severity.Red), (fire.Kind, fire.Class.Zh, fire.DefaultSeverity));
        Assert.Equal((60d, TimeSpan.FromHours(2), TimeSpan.FromMinutes(5)), (fire.MergeMeters, fire.MergeWithin, fire.FastestHandling));
        Assert.Equal(["fire-rescue", "emergency", "police"], fire.Departments);
        Assert.Equal(
            "5 minutes, 10 minutes, 120 minutes, 240 minutes, 1440 minutes",
            string.Join(", ", Enum.GetValues<ClockKind>().Select(fire.LimitOf).OfType<Limit>()));
        Assert.Equal(CategoryKind.Component, CityRules.Default.Categories["manhole-cover"].Kind);
    }

    [Fact]
    public void Read_StagesAndLimits_OwnOnesGoFirstAndNullTakesOneAway()
    {
        var rules = Read(file =>
        {
            file["stages"] = new JsonObject { ["accept"] = "2 working-hours", ["verify"] = "1 working-day" };
            file["categories"]![0]!["limits"] = new JsonObject { ["accept"] = null, ["verify"] = "9 minutes", ["handle"] = "3 calendar-days" };
        }).Rules!;
        var limits = rules.Categories.Values.First().Limits;
        Assert.Equal([ClockKind.Handle, ClockKind.Verify], limits.Keys.Order());
        Assert.Equal("9 minutes", limits[ClockKind.Verify].ToString());
        Assert.Equal("2 working-hours", rules.CategoryOrOther(CityRules.CatchAll).LimitOf(ClockKind.Accept).ToString());
    }

    [Fact]
    public void Read_WithoutSpotAndRules_HasTheDefaults()
    {
        var rules = Read(file => _ = (file.Remove("spot"), file.Remove("rules"))).Rules!;
        Assert.Equal(new(), rules.Spot);
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromMinutes(10), 150d), (rules.ReopenWithin, rules.AutoMergeWithin, rules.ArrivalMeters));
        Assert.Equal((true, 30, 3), (rules.EscalateOverdue, rules.MinimumSample, rules.MaxReroutes));
        Assert.Equal(CityRules.Default.Spot, rules.Spot);
        Assert.Equal(
            (rules.ReopenWithin, rules.AutoMergeWithin, rules.ArrivalMeters, rules.EscalateOverdue, rules.MinimumSample, rules.MaxReroutes),
            (CityRules.Default.ReopenWithin, CityRules.Default.AutoMergeWithin, CityRules.Default.ArrivalMeters, CityRules.Default.EscalateOverdue,
                CityRules.Default.MinimumSample, CityRules.Default.MaxReroutes));
    }

    [Fact]
    public void Read_OtherNumbers_AreTaken()
    {
        var rules = Read(file =>
        {
            file["spot"] = JsonNode.Parse("""{"maxMeters":50.5,"fixWithinMinutes":5,"batchCount":3,"batchWithinMinutes":20,"recheckShare":1,"recheckSeed":"s"}""");
            file["rules"] = JsonNode.Parse("""{"reopenWithinDays":0,"autoMergeWithinMinutes":1,"arrivalMeters":99,"escalateOverdue":false,"minimumSample":1,"maxReroutes":0}""");
        }).Rules!;
        Assert.Equal(
            new SpotRules
            {
                MaxMeters = 50.5,
                FixWithin = TimeSpan.FromMinutes(5),
                BatchCount = 3,
                BatchWithin = TimeSpan.FromMinutes(20),
                RecheckShare = 1,
                RecheckSeed = "s",
            },
            rules.Spot);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(1), 99d), (rules.ReopenWithin, rules.AutoMergeWithin, rules.ArrivalMeters));
        Assert.Equal((false, 1, 0), (rules.EscalateOverdue, rules.MinimumSample, rules.MaxReroutes));
    }

    [Theory]
    [InlineData("categories[0].code", "\"Fire\"", "not-a-code")]
    [InlineData("categories[0].code", "\"fire--exit\"", "not-a-code")]
    [InlineData("categories[0].code", "\"-fire\"", "not-a-code")]
    [InlineData("categories[0].code", "\"火情\"", "not-a-code")]
    [InlineData("categories[0].code", "7", "out-of-bounds")]
    [InlineData("categories[1].code", "\"exposed-rubbish\"", "duplicate-code")]
    [InlineData("categories[0].name", "null", "missing")]
    [InlineData("categories[0].name.zh", "null", "missing")]
    [InlineData("categories[0].name.en", "\"  \"", "out-of-bounds")]
    [InlineData("categories[0].name.de", "\"Müll\"", "unknown-field")]
    [InlineData("categories[0].class", "\"nowhere\"", "unknown-class")]
    [InlineData("categories[0].severity", "\"grey\"", "unknown-word")]
    [InlineData("categories[0].severity", "null", "missing")]
    [InlineData("categories[0].ours", "\"yes\"", "out-of-bounds")]
    [InlineData("categories[0].limits.handle", "\"0 working-hours\"", "not-a-limit")]
    [InlineData("categories[0].limits.handle", "\"100001 minutes\"", "not-a-limit")]
    [InlineData("categories[0].limits.handle", "4", "not-a-limit")]
    [InlineData("categories[0].limits.arrive", "\"4 minutes\"", "unknown-field")]
    [InlineData("categories[0].limits", "\"4 minutes\"", "out-of-bounds")]
    [InlineData("categories[0].mergeMeters", "-1", "out-of-bounds")]
    [InlineData("categories[0].mergeMeters", "1e999", "out-of-bounds")]
    [InlineData("categories[0].mergeWithinHours", "8761", "out-of-bounds")]
    [InlineData("categories[0].mergeWithinHours", "1.5", "out-of-bounds")]
    [InlineData("categories[0].fastestHandlingMinutes", "-1", "out-of-bounds")]
    [InlineData("categories[0].departments", "[]", "out-of-bounds")]
    [InlineData("categories[0].departments", "[\"nobody\"]", "unknown-department", "categories[0].departments[0]")]
    [InlineData("categories[0].departments", "[\"police\",\"police\"]", "duplicate-code", "categories[0].departments[1]")]
    [InlineData("categories[0].mergeMetres", "30", "unknown-field")]
    [InlineData("categories", "[]", "out-of-bounds")]
    [InlineData("categories", "null", "missing")]
    [InlineData("departments[1].code", "\"urban-management\"", "duplicate-code")]
    [InlineData("departments[0].name", "\"x\"", "out-of-bounds")]
    [InlineData("classes[0].kind", "\"thing\"", "unknown-word")]
    [InlineData("stages.accept", "\"soon\"", "not-a-limit")]
    [InlineData("whistleKinds[0].arrive", "null", "missing")]
    [InlineData("whistleKinds[0].solve", "\"0 minutes\"", "not-a-limit")]
    [InlineData("ratingKinds", "[]", "out-of-bounds")]
    [InlineData("spot.recheckShare", "1.01", "out-of-bounds")]
    [InlineData("spot.recheckShare", "-0.01", "out-of-bounds")]
    [InlineData("spot.recheckSeed", "\"\"", "out-of-bounds")]
    [InlineData("spot.maxMeters", "0", "out-of-bounds")]
    [InlineData("spot.fixWithinMinutes", "0", "out-of-bounds")]
    [InlineData("spot.batchCount", "1", "out-of-bounds")]
    [InlineData("spot", "[]", "out-of-bounds")]
    [InlineData("rules.reopenWithinDays", "366", "out-of-bounds")]
    [InlineData("rules.autoMergeWithinMinutes", "1441", "out-of-bounds")]
    [InlineData("rules.arrivalMeters", "0", "out-of-bounds")]
    [InlineData("rules.escalateOverdue", "1", "out-of-bounds")]
    [InlineData("rules.minimumSample", "0", "out-of-bounds")]
    [InlineData("rules.maxReroutes", "21", "out-of-bounds")]
    [InlineData("source", "null", "missing")]
    [InlineData("comment", "\"x\"", "unknown-field")]
    public void Read_AWrongField_IsNamed(string path, string value, string reason, string? at = null)
    {
        var reading = Read(file => Set(file, path, JsonNode.Parse(value)));
        Assert.Null(reading.Rules);
        var fault = Assert.Single(reading.Faults, f => f.Path == (at ?? path) && f.Reason == reason);
        Assert.Equal("catalogue", fault.File);
        Assert.Contains(at ?? path, fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutCatchAll_IsRefused()
    {
        var reading = Read(file => file["categories"]!.AsArray().Last()!["code"] = "rest");
        Assert.Equal(["no-catch-all"], reading.Faults.Select(f => f.Reason));
    }

    [Fact]
    public void Read_SeveralFaultsInBothFiles_NamesAll()
    {
        var catalogue = JsonNode.Parse(CatalogueReader.DefaultFile.Span)!.AsObject();
        Set(catalogue, "categories[0].limits.handle", "0 minutes");
        Set(catalogue, "categories[3].departments[0]", "nobody");
        var reading = CityRules.Read(Encoding.UTF8.GetBytes(catalogue.ToJsonString()), "{}"u8.ToArray());
        Assert.Null(reading.Rules);
        Assert.Equal(["categories[0].limits.handle", "categories[3].departments[0]"], reading.Faults.Where(f => f.File == "catalogue").Select(f => f.Path));
        Assert.Equal(["zone", "source", "knownFrom", "knownUntil", "hours", "makeUpHours"], reading.Faults.Where(f => f.File == "calendar").Select(f => f.Path));
    }

    [Theory]
    [InlineData("categories", CatalogueReader.MaxCategories)]
    [InlineData("departments", CatalogueReader.MaxDepartments)]
    [InlineData("whistleKinds", CatalogueReader.MaxKinds)]
    [InlineData("ratingKinds", CatalogueReader.MaxKinds)]
    public void Read_AsManyAsAllowed_IsReadAndOneMoreIsRefused(string list, int max)
    {
        void FillTo(JsonObject file, int count)
        {
            var items = file[list]!.AsArray();
            while (items.Count < count)
            {
                var copy = items[0]!.DeepClone();
                copy["code"] = $"more-{items.Count}";
                items.Add(copy);
            }
        }

        Assert.Empty(Read(file => FillTo(file, max)).Faults);
        Assert.Contains(Read(file => FillTo(file, max + 1)).Faults, f => f.Path == list && f.Reason == "out-of-bounds");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"source\":\"a\",\"source\":\"b\"}")]
    [InlineData("{\"source\":\"\\udc00\"}")]
    public void Read_NoCatalogueAtAll_IsRefused(string text) =>
        Assert.Contains(CityRules.Read(Encoding.UTF8.GetBytes(text), CalendarReader.DefaultFile).Faults, f => f.File == "catalogue");

    [Fact]
    public void Read_TooLarge_IsRefusedUnread() =>
        Assert.Equal(["too-large"], CityRules.Read(new byte[4 * 1024 * 1024 + 1], CalendarReader.DefaultFile).Faults.Select(f => f.Reason));

    [Fact]
    public void Read_EndlessNames_GiveShortFaults()
    {
        var faults = Read(file =>
        {
            file[new string('x', 100_000)] = 1;
            Set(file, "categories[0].departments[0]", new string('y', 100_000));
            Set(file, "categories[1].class", new string('z', 100_000));
        }).Faults;
        Assert.Equal(3, faults.Count);
        Assert.All(faults, f => Assert.InRange(f.Path.Length + f.Text.Length, 1, 600));
        var name = new string('w', 100_000);
        var twice = CityRules.Read(Encoding.UTF8.GetBytes($$"""{"{{name}}":1,"{{name}}":2}"""), CalendarReader.DefaultFile).Faults;
        Assert.InRange(Assert.Single(twice).Text.Length, 1, 600);
    }

    private static CityRulesReading Read(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(CatalogueReader.DefaultFile.Span)!.AsObject();
        change(file);
        return CityRules.Read(Encoding.UTF8.GetBytes(file.ToJsonString().Replace("1E+999", "1e999", StringComparison.Ordinal)), CalendarReader.DefaultFile);
    }

    private static void Set(JsonObject file, string path, JsonNode? value)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode node = file;
        foreach (var step in steps[..^1])
            node = step[0] == '[' ? node[int.Parse(step[1..^1], null)]! : node[step]!;
        if (steps[^1][0] == '[')
            node.AsArray()[int.Parse(steps[^1][1..^1], null)] = value;
        else
            node[steps[^1]] = value;
    }
}
