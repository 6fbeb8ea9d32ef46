using Situational.Domain.Journal;

namespace Situational.Host.History;

/// <summary>An area that goes on from a moment of the past: what happens is read as it is needed. Used by one caller at a time.</summary>
/// <param name="city">The area at the first moment.</param>
/// <param name="versionAt">The version of the territory that was in force at a moment.</param>
/// <param name="readAt">Reads the area at a moment anew, over the territory of that moment.</param>
/// <param name="cases">What became of cases, oldest first.</param>
/// <param name="points">Where units went, oldest first.</param>
internal sealed class PastPlay(
    PastCity city, Func<DateTimeOffset, Task<int>> versionAt, Func<DateTimeOffset, Task<PastCity>> readAt, IAsyncEnumerable<PastCase> cases,
    IAsyncEnumerable<TrailPoint> points) : IAsyncDisposable
{
    private readonly Ahead<PastCase> _cases = new(cases, static row => row.From);
    private readonly Ahead<TrailPoint> _points = new(points, static point => point.At);

    /// <summary>The area as it is now; another object after another territory came into force.</summary>
    public PastCity City { get; private set; } = city;

    /// <summary>Brings it to a later moment.</summary>
    public async Task BringAsync(DateTimeOffset to)
    {
        if (await versionAt(to) != City.Picture.TerritoryVersion)
        {
            City = await readAt(to);
            await _cases.TakeAsync(to, static _ => { });
            await _points.TakeAsync(to, static _ => { });
            return;
        }
        await _cases.TakeAsync(to, City.Apply);
        await _points.TakeAsync(to, point => City.Apply(point));
        City.Settle(to);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _cases.DisposeAsync();
        await _points.DisposeAsync();
    }

    /// <summary>Reads on up to a time, and keeps what was read beyond it.</summary>
    private sealed class Ahead<T>(IAsyncEnumerable<T> all, Func<T, DateTimeOffset> timeOf) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<T> _all = all.GetAsyncEnumerator();
        private bool _begun, _more;

        public async Task TakeAsync(DateTimeOffset to, Action<T> take)
        {
            if (!_begun)
                _more = await _all.MoveNextAsync();
            _begun = true;
            while (_more && timeOf(_all.Current) <= to)
            {
                take(_all.Current);
                _more = await _all.MoveNextAsync();
            }
        }

        public ValueTask DisposeAsync() => _all.DisposeAsync();
    }
}
