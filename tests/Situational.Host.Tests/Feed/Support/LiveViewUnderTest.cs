using System.Text;
using System.Text.Json;
using Situational.Contracts.Feed;
using Situational.Host.Feed;
using Situational.Testing;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>A live view of nine grids without sockets, under a clock that the test moves.</summary>
public abstract class LiveViewUnderTest : IDisposable
{
    private protected LiveViewUnderTest()
    {
        View = LiveViews.Make(Clock);
        Silo = new FakeSilo(View);
    }

    private protected FakeCity City { get; } = new(side: 3);

    private protected FakeClock Clock { get; } = new();

    private protected LiveView View { get; }

    private protected FakeSilo Silo { get; }

    public void Dispose()
    {
        View.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task WarmAsync()
    {
        View.Use(City.Territory);
        await Silo.SendAsync([]);
        await LiveViews.AnswerAsync(View, City);
        View.Tick();
    }

    private protected Watch Open(string area, out EncodedFrame snapshot)
    {
        var watch = View.Open(new WatchRequest(area));
        snapshot = Assert.Single(Read(watch));
        return watch;
    }

    private protected List<EncodedFrame> Read(Watch watch)
    {
        var frames = new List<EncodedFrame>();
        _ = View.Read(watch, frames);
        return frames;
    }

    private protected static FeedPicture Picture(IEnumerable<EncodedFrame> frames)
    {
        var picture = new FeedPicture();
        foreach (var frame in frames)
        {
            using var json = JsonDocument.Parse(frame.Json);
            picture.Apply(json.RootElement);
        }
        Assert.Empty(picture.Breaches);
        return picture;
    }

    private protected static string Kind(EncodedFrame frame) => Text(frame, "kind");

    private protected static string Text(EncodedFrame frame, string name)
    {
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(frame.Json.Span));
        return json.RootElement.GetProperty(name).GetString()!;
    }

    private protected static long At(EncodedFrame frame)
    {
        using var json = JsonDocument.Parse(frame.Json);
        return json.RootElement.GetProperty("at").GetInt64();
    }

    private protected static int Risk(EncodedFrame frame, string grid)
    {
        using var json = JsonDocument.Parse(frame.Json);
        return json.RootElement.GetProperty("grids").EnumerateArray().Single(g => g[0].GetString() == grid)[2].GetInt32();
    }

    private protected static string Troubles(EncodedFrame frame)
    {
        using var json = JsonDocument.Parse(frame.Json);
        return string.Join(' ', json.RootElement.GetProperty("trouble").EnumerateArray().Select(t => t.GetProperty("code").GetString()));
    }
}
