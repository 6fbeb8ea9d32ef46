using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Host.Api;
using Situational.Host.Ingest;
using Situational.Host.Tests.Feed.Support;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

/// <summary>How a list reads: in parts, as many cases as asked for, no more than a bound of bytes.</summary>
public sealed class CaseListTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(1_000, 10)]
    public async Task List_OfLightCases_HasAsManyAsAskedForReadInParts(int limit, int parts)
    {
        var journal = new EndlessJournal("d");

        var list = await ListAsync(Api(journal), limit);

        Assert.Equal((limit, limit.ToString(System.Globalization.CultureInfo.InvariantCulture)), (list.Cases.Count, list.Next));
        Assert.Equal(Enumerable.Range(1, limit).Select(n => CaseId.Of("g", n)), list.Cases.Select(c => c.Id));
        Assert.Equal(parts, journal.Parts);
        Assert.InRange(journal.LargestPart, 1, 100);
    }

    [Fact]
    public async Task List_OfHeavyCases_EndsWhenItHasEnoughBytesAndSaysWhereToGoOn()
    {
        var journal = new EndlessJournal(new string('x', 50_000));

        var list = await ListAsync(Api(journal), 1_000);

        var bytes = list.Cases.Sum(c => JsonSerializer.SerializeToUtf8Bytes(c, Requests.Json).LongLength);
        Assert.InRange(bytes, CasesApi.EnoughBytes, 2 * CasesApi.EnoughBytes);
        Assert.InRange(list.Cases.Count, 101, 200);
        Assert.Equal(list.Cases.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), list.Next);
    }

    [Fact]
    public async Task Lists_LongOnesMoreAtOnceThanAllowed_AreToldToComeBackAndShortOnesAreNot()
    {
        var held = new TaskCompletionSource();
        var journal = new EndlessJournal("d") { Held = held.Task };
        var api = Api(journal);
        var first = ListAsync(api, 101);

        var (refused, context) = await AskAsync(api, 101);
        var shortOne = ListAsync(api, 100);
        held.SetResult();

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, Assert.IsType<ProblemHttpResult>(refused).StatusCode);
        Assert.NotEmpty(context.Response.Headers.RetryAfter.ToString());
        Assert.Equal(100, (await shortOne).Cases.Count);
        Assert.Equal(101, (await first).Cases.Count);
        Assert.Equal(101, (await ListAsync(api, 101)).Cases.Count);
    }

    [Theory]
    [InlineData(ICaseRecords.MostHappenings - 1, null)]
    [InlineData(ICaseRecords.MostHappenings, true)]
    public async Task History_OfAsManyEventsAsAreTold_SaysThatItIsCut(int events, bool? truncated)
    {
        var answer = await Api(new EndlessJournal("d")).HistoryAsync("g-1", new DefaultHttpContext(), new LongHistory(events));

        Assert.Equal(truncated, Assert.IsType<Ok<CaseHistoryAnswer>>(answer).Value!.Truncated);
    }

    private static CasesApi Api(IJournal journal)
    {
        var territories = new FakeTerritories();
        var filter = new CaseFilter(territories, CityRules.Default);
        return new CasesApi(
            journal, filter,
            new CaseExportApi(
                journal, filter, new CaseTables(CityRules.Default, territories), Options.Create(new IngestOptions { MaxExports = 1 })),
            Options.Create(new JsonOptions()));
    }

    private static async Task<CasesAnswer> ListAsync(CasesApi api, int limit)
    {
        var (_, context) = await AskAsync(api, limit);
        return JsonSerializer.Deserialize<CasesAnswer>(((MemoryStream)context.Response.Body).ToArray(), Requests.Json)!;
    }

    private static async Task<(IResult Result, HttpContext Context)> AskAsync(CasesApi api, int limit)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.QueryString = new QueryString($"?limit={limit}");
        context.Response.Body = new MemoryStream();
        return (await api.SearchAsync(context), context);
    }

    /// <summary>A journal of as many cases as anybody asks for; a cursor is the number of the case before.</summary>
    private sealed class EndlessJournal(string description) : IJournal
    {
        public int Parts { get; private set; }

        public int LargestPart { get; private set; }

        public Task Held { get; init; } = Task.CompletedTask;

        public async Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken)
        {
            await Held;
            Parts++;
            LargestPart = Math.Max(LargestPart, query.Limit);
            var before = query.Cursor is { } cursor ? int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : 0;
            var cases = Enumerable.Range(before + 1, query.Limit).Select(n => new Case(
                CaseId.Of("g", n), "g", 1, new Report("fire", Severity.Red, description, 39.9, 116.4, "worker", null, null, []), Stage.Reported, At, At));
            return new CasePage([.. cases], (before + query.Limit).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        public Task<GridHistory> LoadAsync(string grid, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AcceptedReport?> FindReportAsync(string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class LongHistory(int events) : ICaseRecords
    {
        public Task<IReadOnlyList<CaseHappening>> HistoryAsync(string caseId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CaseHappening>>(
                [.. Enumerable.Range(1, events).Select(n => new CaseHappening("g", n, new CaseStarted(At, caseId, null)))]);

        public IAsyncEnumerable<CaseFact> FactsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<string> GridsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
