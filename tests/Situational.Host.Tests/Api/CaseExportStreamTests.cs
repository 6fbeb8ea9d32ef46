using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Host.Api;
using Situational.Host.Ingest;
using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Api;

/// <summary>How an export reads and writes: a page at a time, at the reader's pace, no further than its bound.</summary>
public sealed class CaseExportStreamTests
{
    [Fact]
    public async Task Export_OfMoreCasesThanItsBound_EndsThereAndSaysWhereToGoOn()
    {
        var journal = new EndlessJournal();
        var context = new DefaultHttpContext();
        var file = new MemoryStream();
        context.Response.Body = file;

        await Api(journal).GeoJsonAsync(context);

        Assert.Equal(CaseExportApi.MaxCases, journal.Read);
        Assert.True(journal.LargestLimit <= 1_000);
        using var json = JsonDocument.Parse(file.ToArray());
        Assert.Equal(CaseExportApi.MaxCases, json.RootElement.GetProperty("features").GetArrayLength());
        Assert.Equal(journal.Next, json.RootElement.GetProperty("next").GetString());
    }

    [Fact]
    public async Task Export_AsCsvOfMoreCasesThanItsBound_SaysInItsLastRowWhereToGoOn()
    {
        var journal = new EndlessJournal();
        var context = new DefaultHttpContext();
        var file = new MemoryStream();
        context.Response.Body = file;

        await Api(journal).CsvAsync(context);

        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).TrimEnd().Split("\r\n");
        Assert.Equal(1 + CaseExportApi.MaxCases + 1, lines.Length);
        Assert.Equal($"\"{CsvCases.MoreMark}{journal.Next}\"", lines[^1]);
    }

    [Fact]
    public async Task Export_WhoseReaderIsSlow_ReadsNoFurtherThanItWrites()
    {
        var journal = new EndlessJournal();
        var context = new DefaultHttpContext();
        using var slow = new GatedStream();
        context.Response.Body = slow;

        var export = Api(journal).CsvAsync(context);
        await slow.WriteBegunAsync();
        var read = journal.Pages;
        slow.Open();
        await export;

        Assert.Equal(1, read);
        Assert.True(journal.Pages > 100);
    }

    [Fact]
    public async Task Export_WhoseReaderGoesAway_StopsReading()
    {
        var journal = new EndlessJournal();
        using var gone = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = gone.Token };
        context.Response.Body = new MemoryStream();
        journal.OnPage = pages =>
        {
            if (pages == 5)
                gone.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Api(journal).CsvAsync(context));

        Assert.Equal(5, journal.Pages);
    }

    [Fact]
    public async Task Exports_MoreAtOnceThanAllowed_AreToldToComeBack()
    {
        var journal = new EndlessJournal();
        var api = Api(journal);
        var context = new DefaultHttpContext();
        using var slow = new GatedStream();
        context.Response.Body = slow;
        var first = api.CsvAsync(context);
        await slow.WriteBegunAsync();

        var other = new DefaultHttpContext();
        var refused = await api.CsvAsync(other);
        slow.Open();
        await first;
        var third = new DefaultHttpContext();
        third.Response.Body = Stream.Null;
        await api.GeoJsonAsync(third);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, Assert.IsAssignableFrom<IStatusCodeHttpResult>(refused).StatusCode);
        Assert.NotEmpty(other.Response.Headers.RetryAfter.ToString());
        Assert.Equal(2 * CaseExportApi.MaxCases, journal.Read);
    }

    private static CaseExportApi Api(IJournal journal)
    {
        var territories = new FakeTerritories();
        return new CaseExportApi(
            journal, new CaseFilter(territories, CityRules.Default), new CaseTables(CityRules.Default, territories),
            Options.Create(new IngestOptions { MaxExports = 1 }));
    }

    /// <summary>A journal of as many cases as anybody asks for.</summary>
    private sealed class EndlessJournal : IJournal
    {
        private static readonly DateTimeOffset At = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

        public int Pages { get; private set; }

        public int Read { get; private set; }

        public int LargestLimit { get; private set; }

        public string? Next { get; private set; }

        public Action<int>? OnPage { get; set; }

        public Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LargestLimit = Math.Max(LargestLimit, query.Limit);
            var cases = new Case[query.Limit];
            for (var i = 0; i < cases.Length; i++)
                cases[i] = new Case(
                    CaseId.Of("g", ++Read), "g", 1, new Report("fire", Severity.Red, "d", 39.9, 116.4, "worker", null, null, []), Stage.Reported, At, At);
            Next = Read.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Pages++;
            OnPage?.Invoke(Pages);
            return Task.FromResult(new CasePage(cases, Next));
        }

        public Task<GridHistory> LoadAsync(string grid, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AcceptedReport?> FindReportAsync(string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>A reader that takes nothing until it is let.</summary>
    private sealed class GatedStream : Stream
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public Task WriteBegunAsync() => _begun.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public void Open() => _open.TrySetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _begun.TrySetResult();
            await _open.Task.WaitAsync(cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
