using System.Globalization;
using System.Net;
using System.Text;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Ingest;

[Collection(SharedHost.Name)]
public sealed class PositionsApiTests(HostFixture shared)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("application/json", "[", ",", "]")]
    [InlineData("application/x-ndjson", "", "\n", "")]
    [InlineData("application/json; charset=utf-8", "[", ",", "]")]
    public async Task Post_GoodFixes_AreCountedAndTheUnitsSeen(string mediaType, string open, string between, string close)
    {
        var unit = NewUnit();

        var answer = await Requests.RecordAsync(
            shared.Client,
            open + string.Join(between, Requests.Fix(unit, 1, Now, ",\"squad\":\"alpha\",\"callSign\":\"甲\""), Requests.Fix(unit, 2, Now.AddSeconds(10)), Requests.Fix(unit, 0, Now), Requests.Fix(unit, 2, Now.AddSeconds(10))) + close,
            mediaType);

        Assert.Equal(new PositionsAnswer(4, 4, 2, 1, 1, 0, answer.Jumps, 0, 0, []).ToString(), (answer with { Reasons = [] }).ToString());
        var seen = await SeenAsync(unit, u => u.Grid == SmallCity.Grids[2]);
        Assert.Equal(("alpha", "甲", "live"), (seen.Squad, seen.CallSign, seen.State));
    }

    [Trait("Fault", "Bad input: batches")]
    [Fact]
    public async Task Post_OneBadAmongGood_GetsItsOwnVerdict()
    {
        var answer = await Requests.RecordAsync(
            shared.Client, $$"""[{{Requests.Fix(NewUnit(), 0, Now)}},{"unit":"x","lat":91,"lon":1,"at":1},{{Requests.Fix("a\\u0000b", 0, Now)}},{{Requests.Fix(NewUnit(), 0, Now)}}]""");

        Assert.Equal((4, 2, 2), (answer.Received, answer.Accepted, answer.Refused));
        Assert.Equal([(1, "x", "latitude-out-of-range"), (2, null, "unit-characters")], answer.Reasons.Select(r => (r.Index, r.Unit, r.Reason)));
    }

    [Fact]
    public async Task Post_UnitSeenBefore_StaysInItsSquad()
    {
        var unit = NewUnit();
        await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(unit, 0, Now, ",\"squad\":\"first\"")}]");

        await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(unit, 0, Now.AddSeconds(1), ",\"squad\":\"second\"")}]");

        Assert.Equal("first", (await SeenAsync(unit, _ => true)).Squad);
    }

    [Trait("Fault", "Bad input: batches")]
    [Fact]
    public async Task Post_OneUnitAThousandTimes_MovesOnce()
    {
        var fix = Requests.Fix(NewUnit(), 0, Now);

        var answer = await Requests.RecordAsync(shared.Client, string.Join('\n', Enumerable.Repeat(fix, 1_000)), "application/x-ndjson");

        Assert.Equal((1_000, 1, 999), (answer.Accepted, answer.Moved, answer.Repeated));
    }

    [Trait("Fault", "Bad input: ids")]
    [Fact]
    public async Task Post_Emoji_IsAnIdLikeAnyOther()
    {
        var unit = "🚓" + NewUnit();

        var answer = await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(unit, 0, Now)}]");

        Assert.Equal(1, answer.Accepted);
        Assert.Equal(unit, (await SeenAsync(unit, _ => true)).Id);
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public async Task Post_TwentyThousand_AreTakenAndOneMoreIsNot()
    {
        var unit = NewUnit();
        string Body(int count)
        {
            var body = new StringBuilder("[");
            for (var i = 0; i < count; i++)
                body.Append(CultureInfo.InvariantCulture, $$"""{{(i == 0 ? "" : ",")}}{"unit":"{{unit}}","lat":39.905,"lon":116.405,"at":{{Now.ToUnixTimeMilliseconds() + i}}}""");
            return body.Append(']').ToString();
        }

        using (var tooMany = await Requests.PostPositionsAsync(shared.Client, Body(20_001)))
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooMany.StatusCode);
            Assert.Contains("20000", await Requests.FieldErrorAsync(tooMany, "body"));
        }
        Assert.DoesNotContain(await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units"), u => u.Id == unit);

        Assert.Equal(20_000, (await Requests.RecordAsync(shared.Client, Body(20_000))).Accepted);
    }

    [Trait("Fault", "Bad input: JSON")]
    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[{\"unit\":")]
    [InlineData("\uFEFF[]")]
    [InlineData("[{\"unit\":\"u1\",\"lat\":NaN,\"lon\":1,\"at\":1}]")]
    public async Task Post_MalformedOrEmpty_Is400AndRecordsNothing(string body)
    {
        var unit = NewUnit();
        // a good fix in front of the fault must not be recorded either
        var spoiled = body.StartsWith("[{", StringComparison.Ordinal) ? $"[{Requests.Fix(unit, 0, Now)}," + body[1..] : body;

        using var answer = await Requests.PostPositionsAsync(shared.Client, spoiled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, "body"));
        Assert.DoesNotContain(await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units"), u => u.Id == unit);
    }

    [Theory]
    [InlineData("positions", "[7,")]
    [InlineData("positions", "\"")]
    [InlineData("reports", "{")]
    public async Task Post_Refused_LeavesTheConnectionInOrder(string door, string body)
    {
        var head = $"POST /api/v1/{door} HTTP/1.1\r\nHost: {shared.Host.BaseAddress.Authority}\r\nAuthorization: Bearer {shared.Host.Key}\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n";

        var answer = await RawHttp.SendAsync(
            shared.Host.BaseAddress, string.Concat(Enumerable.Repeat(head + "\r\n" + body, 20)) + head + "Connection: close\r\n\r\n" + body, thenClose: false);

        Assert.Equal(21, answer.Split("HTTP/1.1 400").Length - 1);
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public async Task Post_BodyOverFourMebibytes_Is413()
    {
        // The client waits for the server's word before it sends: otherwise the refusal races with the bytes that nobody reads.
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/positions")
        {
            Content = Requests.Body(Encoding.UTF8.GetBytes("[" + new string(' ', 4 * 1024 * 1024) + "]"), "application/json"),
        };
        request.Headers.ExpectContinue = true;
        using var answer = await shared.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("4194304", await Requests.FieldErrorAsync(answer, "body"));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("application/json", "gzip")]
    [InlineData("application/json", "br")]
    public async Task Post_OtherTypeOrCompressed_Is415(string mediaType, string? encoding)
    {
        using var content = Requests.Body(Encoding.UTF8.GetBytes($"[{Requests.Fix("u", 0, Now)}]"), mediaType);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        using var answer = await shared.Client.PostAsync("api/v1/positions", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, "Content-Type"));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Theory]
    [InlineData("Content-Length: 400", "[{\"unit\":\"cut\",\"lat\":39.9,\"lon\":116.4,\"at\":1795000000000}]")]
    [InlineData("Content-Length: -1", "[]")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "[]")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n[]\r\n0\r\n\r\n")]
    public async Task Post_LengthThatIsNotTrue_IsRefusedAndTheHostLives(string length, string body)
    {
        var answer = await RawHttp.SendAsync(
            shared.Host.BaseAddress,
            $"POST /api/v1/positions HTTP/1.1\r\nHost: {shared.Host.BaseAddress.Authority}\r\nAuthorization: Bearer {shared.Host.Key}\r\nContent-Type: application/json\r\n{length}\r\n\r\n{body}",
            thenClose: true);

        Assert.DoesNotContain("202", answer.Split('\n')[0]);
        Assert.False(shared.Host.HasExited);
        Assert.DoesNotContain(await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units"), u => u.Id == "cut");
    }

    private static string NewUnit() => "u-" + Guid.NewGuid().ToString("N")[..12];

    private async Task<UnitAnswer> SeenAsync(string unit, Func<UnitAnswer, bool> condition)
    {
        UnitAnswer? seen = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                seen = (await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units?limit=10000")).SingleOrDefault(u => u.Id == unit);
                return seen is not null && condition(seen);
            },
            $"unit {unit} was not seen");
        return seen!;
    }
}
