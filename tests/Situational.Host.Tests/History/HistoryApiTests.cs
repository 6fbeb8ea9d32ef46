using System.Globalization;
using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.History;

/// <summary>The past's endpoints on a real host: what they refuse, what they write down, and what of units is seen.</summary>
[Collection(SharedHost.Name)]
public sealed class HistoryApiTests(HostFixture shared)
{
    [Theory]
    [InlineData("history", "at")]
    [InlineData("history?at=yesterday", "at")]
    [InlineData("history?at=2099-01-01T00:00:00Z", "at")]
    [InlineData("history?at=2020-01-01T00:00:00Z", "at")]
    [InlineData("history?at=NOW&area=nowhere", "area")]
    [InlineData("history?at=NOW&units=some", "units")]
    [InlineData("history/play?from=NOW", "to")]
    [InlineData("history/play?from=NOW&to=NOW", "from")]
    [InlineData("history/play?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:01Z", "to")]
    [InlineData("history/play?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:01Z", "to")]
    [InlineData("history/play?from=NOW&to=2099-01-01T00:00:00Z", "to")]
    [InlineData("history/play?from=NOW&to=NOW&frames=601", "frames")]
    [InlineData("history/marks?area=nowhere", "area")]
    [InlineData("history/marks?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:01Z", "from")]
    [InlineData("history/marks?to=2099-01-01T00:00:00Z&from=2098-12-31T00:00:00Z", "to")]
    [InlineData("shift", "since")]
    [InlineData("shift?since=2020-01-01T00:00:00Z", "since")]
    [InlineData("shift?since=NOW&area=nowhere", "area")]
    public async Task Question_ThatHasNoAnswer_IsRefusedWithItsField(string address, string field)
    {
        await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await shared.Client.GetAsync("api/v1/" + address.Replace("NOW", Now(), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Moment_FromBeforeThePastIsKept_IsToldSinceWhen()
    {
        await Requests.OpenCaseAsync(shared.Client, 0);

        using var answer = await shared.Client.GetAsync("api/v1/history?at=2020-01-01T00:00:00Z");

        var problem = await Requests.ProblemAsync(answer);
        var since = problem.GetProperty("keptSince").GetDateTimeOffset();
        using var first = await shared.Client.GetAsync($"api/v1/history?at={Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture))}");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
    }

    [Fact]
    public async Task Past_OfAFreshHost_IsNotThere()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);

        foreach (var address in new[] { $"history?at={Now()}", $"shift?since={Now()}" })
        {
            using var answer = await client.GetAsync("api/v1/" + address);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        var marks = await Requests.GetAsync<HistoryMarksAnswer>(client, "api/v1/history/marks");
        Assert.Null(marks.KeptSince);
        Assert.All(marks.Buckets, bucket => Assert.Equal([0, 0, 0], bucket));
    }

    [Fact]
    public async Task Units_AreSeenAfterTheLookIsWrittenDown_OnceForLooksWithinItsTimes()
    {
        await Requests.OpenCaseAsync(shared.Client, 0);
        using var officer = await Desks.ClientAsync(shared.Host, "looker-1");

        var first = TimeProvider.System.GetUtcNow();
        await Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > first.AddMilliseconds(20)), "time goes by");
        var last = TimeProvider.System.GetUtcNow();
        string[] looks =
        [
            $"history?at={Time(last)}", $"history?at={Time(last)}", $"history/play?from={Time(first)}&to={Time(last)}&frames=2",
            $"history?at={Time(first.AddMilliseconds(10))}",
        ];
        foreach (var look in looks)
        {
            using var answer = await officer.GetAsync($"api/v1/{look}&area={SmallCity.Grids[2]}");
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        await PictureAsync(officer, $"history?at={Now()}&area={SmallCity.Grids[3]}&units=none");

        var audit = await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?who=looker-1");
        var entries = audit.Entries.Where(e => e.What == "history.view").OrderBy(e => e.At).ToArray();
        Assert.All(entries, entry => Assert.Equal((SmallCity.Grids[2], "officer"), (entry.Target, entry.Role)));
        Assert.Equal(["at", "from"], entries.Select(e => e.Detail!.Split(' ')[0]));
    }

    [Fact]
    public async Task Wall_SeesNoUnitOfThePast_WhateverItAsks()
    {
        await Requests.OpenCaseAsync(shared.Client, 0);
        await Requests.RecordAsync(shared.Client, $"[{Requests.Fix("past-wall", 1, TimeProvider.System.GetUtcNow())}]");
        await Eventually.HoldsAsync(
            async () => (await PictureAsync(shared.Client, $"history?at={Now()}")).Units.ContainsKey("past-wall"), "the trail is saved");
        using var wall = shared.Host.CreateClient(withKey: false);
        wall.DefaultRequestHeaders.Add("Cookie", await WallTickets.CookieAsync(shared.Host));
        var (from, to) = (TimeProvider.System.GetUtcNow().AddMilliseconds(-10), TimeProvider.System.GetUtcNow());

        foreach (var units in new[] { "", "&units=all", "&units=none" })
        {
            var seen = await PictureAsync(wall, $"history?at={Time(to)}{units}");
            Assert.Empty(seen.Units);
            Assert.Contains("past-units-withheld", seen.Troubles);
            Assert.True(seen.Totals["live"] + seen.Totals["late"] + seen.Totals["stale"] > 0);
            using var played = await wall.GetAsync($"api/v1/history/play?from={Time(from)}&to={Time(to)}&frames=3{units}");
            Assert.Equal(HttpStatusCode.OK, played.StatusCode);
            var lines = (await played.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(4, lines.Length);
            Assert.All(lines, line => Assert.Contains("past-units-withheld", line, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.DoesNotContain("\"past-wall", line, StringComparison.Ordinal));
        }
        Assert.DoesNotContain("past-units-withheld", (await PictureAsync(shared.Client, $"history?at={Time(to)}")).Troubles);
    }

    [Fact]
    public async Task Lead_SeesTheOwnSquadAlone()
    {
        await Requests.OpenCaseAsync(shared.Client, 0);
        // Whoever looked before has the names of units that were there before.
        await PictureAsync(shared.Client, $"history?at={Now()}");
        var now = TimeProvider.System.GetUtcNow();
        await Requests.RecordAsync(
            shared.Client, $"[{Requests.Fix("past-a", 1, now, ",\"squad\":\"past-north\"")},{Requests.Fix("past-b", 1, now, ",\"squad\":\"past-south\"")}]");
        using var lead = await Desks.ClientAsync(shared.Host, "lead-1", "lead", "past-north");

        await Eventually.HoldsAsync(
            async () => (await PictureAsync(shared.Client, $"history?at={Now()}")).Units is var units && units.ContainsKey("past-a") && units.ContainsKey("past-b"), "the trails are saved");

        var seen = await PictureAsync(lead, $"history?at={Now()}");
        Assert.Contains("past-a", seen.Units.Keys);
        Assert.DoesNotContain("past-b", seen.Units.Keys);
        Assert.Empty((await PictureAsync(shared.Client, $"history?at={Now()}&units=none")).Units);
    }

    [Fact]
    public async Task Shift_CountsWhatCameAndNamesWhatNeedsALook()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var before = await Requests.OpenCaseAsync(client, 0, "orange");
        var since = TimeProvider.System.GetUtcNow();
        var red = await Requests.OpenCaseAsync(client, 1);
        var handled = await Requests.OpenCaseAsync(client, 2, "yellow");
        await Requests.WalkAsync(client, handled.Id, "handled");
        await Requests.WalkAsync(client, before.Id, "rejected");

        var shift = await Requests.GetAsync<ShiftAnswer>(client, $"api/v1/shift?since={Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture))}");

        Assert.Equal((2, 0, 1), (shift.Opened, shift.Closed, shift.EndedOtherwise));
        Assert.Equal((0, 1), (shift.Then.Red, shift.Then.Orange));
        Assert.Equal((1, 0, 1), (shift.Now.Red, shift.Now.Orange, shift.Now.Yellow));
        var named = Assert.Single(shift.Red.First);
        Assert.Equal((red.Id, true, "sparks"), (named.Id, named.New, named.Description));
        Assert.Equal([handled.Id], shift.ToVerify.First.Select(c => c.Id));
        Assert.Equal(1, shift.ToVerify.Total);
    }

    [Fact]
    public async Task Marks_CountWhatHappenedAndNameTheRedOnes()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var red = await Requests.OpenCaseAsync(client, 1);
        var blue = await Requests.OpenCaseAsync(client, 2, "blue");
        await Requests.WalkAsync(client, blue.Id, "rejected");
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<HistoryMarksAnswer>(client, $"api/v1/history/marks?from={Time(TimeProvider.System.GetUtcNow().AddHours(-1))}")).Buckets.Sum(b => b[1]) == 1,
            "what happened is past");

        var marks = await Requests.GetAsync<HistoryMarksAnswer>(client, $"api/v1/history/marks?from={Time(TimeProvider.System.GetUtcNow().AddHours(-1))}");

        Assert.Equal((2, 1, 0), (marks.Buckets.Sum(b => b[0]), marks.Buckets.Sum(b => b[1]), marks.Buckets.Sum(b => b[2])));
        Assert.Equal((60, 60), (marks.BucketSeconds, marks.Buckets.Count));
        var mark = Assert.Single(marks.Marks);
        Assert.Equal(("reported", red.Id, SmallCity.Grids[1]), (mark[1].ToString(), mark[2].ToString(), mark[3].ToString()));
    }

    private static string Now() => Time(TimeProvider.System.GetUtcNow());

    private static string Time(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));

    private static async Task<FeedPicture> PictureAsync(HttpClient client, string address)
    {
        var picture = new FeedPicture();
        picture.Apply((await Requests.GetAsync<JsonElement>(client, "api/v1/" + address)).Clone());
        Assert.Empty(picture.Breaches);
        return picture;
    }
}
