using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Grains.Options;
using Situational.Host.Ingest;

namespace Situational.Host.Tests.Ingest;

public sealed class UnitDirectoryTests
{
    private readonly SlowUnits _store = new();
    private readonly UnitDirectory _directory;

    public UnitDirectoryTests() => _directory = new UnitDirectory(
        _store, Options.Create(new IngestOptions { MaxUnits = 3 }), Options.Create(new PatrolOptions { MaxUnitsPerSquad = 2 }), NullLogger<UnitDirectory>.Instance);

    [Fact]
    public async Task Enrol_WhileOthersWaitForTheStore_SharesTheirBounds()
    {
        var (first, second, third) = (new UnitEntry("a"), new UnitEntry("b"), new UnitEntry("c"));
        var waiting = EnrolAsync([first, second], "full");

        await EnrolAsync([third], "full");

        Assert.Equal(("squad-full", null), (third.Refusal?.Reason, third.Squad));
        _store.Answer.SetResult();
        await waiting;
        Assert.Equal(("full", "full", 2), (first.Squad?.Id, second.Squad?.Id, _directory.Count));
    }

    [Fact]
    public async Task Enrol_SameUnitTwiceAtOnce_TakesOnePlace()
    {
        var (one, same) = (new UnitEntry("a"), new UnitEntry("a"));
        var both = Task.WhenAll(EnrolAsync([one], "s"), EnrolAsync([same], "s"));
        _store.Answer.SetResult();
        await both;

        Assert.Equal(1, _directory.Count);
        Assert.Same(one.Squad, same.Squad);
        Assert.Equal(1, one.Squad!.Units);
    }

    [Fact]
    public async Task Enrol_StoreAway_GivesThePlacesBack()
    {
        var waiting = EnrolAsync([new UnitEntry("a"), new UnitEntry("b")], "s");
        Assert.Equal(1, _directory.Room);
        _store.Answer.SetException(new JournalUnavailableException("away"));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => waiting);

        Assert.Equal((0, 3), (_directory.Count, _directory.Room));
        _store.Answer = new TaskCompletionSource();
        _store.Answer.SetResult();
        var (c, d) = (new UnitEntry("c"), new UnitEntry("d"));
        await EnrolAsync([c, d], "s");
        Assert.Equal(("s", "s"), (c.Squad?.Id, d.Squad?.Id));
    }

    private Task EnrolAsync(UnitEntry[] units, string squad) =>
        _directory.EnrolAsync(units, [.. units.Select(u => new UnitEnrolment(u.Unit, squad))], TestContext.Current.CancellationToken);

    /// <summary>Answers when the test lets it.</summary>
    private sealed class SlowUnits : IUnitStore
    {
        public TaskCompletionSource Answer { get; set; } = new();

        public async Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken)
        {
            await Answer.Task;
            return [.. units.Select(u => u.Squad)];
        }

        public Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
