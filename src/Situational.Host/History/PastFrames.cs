using System.Globalization;
using System.Security.Cryptography;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>Writes a picture of the past as the feed writes a live one, so that screens read both alike. Used by one caller at a time.</summary>
/// <param name="view">What is looked at.</param>
internal sealed class PastFrames(PastView view) : IDisposable
{
    private readonly FrameWriter _writer = new();
    // Not to be told from another by chance: a screen that takes frames of one playing for those of another would show a time that never was.
    private readonly string _epoch = "past-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private FeedChannel? _channel;
    private PastCity? _city;
    private int _begun;

    /// <summary>The picture as it is now: what changed since the frame before, or all of it when it is the first or another territory's.</summary>
    public EncodedFrame Next(PastCity city)
    {
        var atMs = city.At.ToUnixTimeMilliseconds();
        var troubles = new List<Trouble>(3);
        if (city.Unplaced > 0)
            troubles.Add(new Trouble("cases-moving", city.Unplaced.ToString(CultureInfo.InvariantCulture)));
        if (!city.AreUnitsKept)
            troubles.Add(new Trouble("units-not-kept", ""));
        if (view.Withheld)
            troubles.Add(new Trouble("past-units-withheld", ""));
        if (_channel is null || !ReferenceEquals(city, _city))
        {
            _city = city;
            var epoch = string.Create(CultureInfo.InvariantCulture, $"{_epoch}-{++_begun}");
            _channel = new FeedChannel(new ChannelKey(view.Area, view.Units, null), city.Scope, epoch, 1, new FrameLog(1, 1));
            return _writer.Snapshot(_channel, city.Picture, troubles, atMs);
        }
        _writer.BeginCut(city.Picture, troubles, atMs);
        var delta = _writer.Delta(_channel, _channel.Revision + 1, evenEmpty: true)!;
        _channel.Append(delta, 0);
        city.Picture.Settle();
        return delta;
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();
}
