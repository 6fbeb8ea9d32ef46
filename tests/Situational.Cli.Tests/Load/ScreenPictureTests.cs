using System.Text;
using Situational.Cli.Load;
using Situational.Contracts.Feed;

namespace Situational.Cli.Tests.Load;

/// <summary>A screen notices what is not as docs/feed.md says.</summary>
public sealed class ScreenPictureTests
{
    private static readonly (string Code, long Revision)[] Grids = [("310000000000", 5), ("网格-1", 9_007_199_254_740_991), ("outside", 1)];
    private readonly ScreenPicture _picture = new(verifies: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Take_OfFramesInOrder_AppliesThem(bool verifies)
    {
        var picture = new ScreenPicture(verifies);

        Assert.Equal(FrameVerdict.Snapshot, Take(picture, Snapshot("e", 1)));
        Assert.Equal(FrameVerdict.Delta, Take(picture, Delta("e", 4, 1, [("outside", 2)])));
        Assert.Equal(FrameVerdict.Beat, Take(picture, Beat("e", 4, [("outside", 2)])));
        Assert.Equal((4, verifies), (picture.Revision, picture.Verified));
        Assert.Contains("\"epoch\":\"e\",\"revision\":4", picture.Since);
    }

    [Fact]
    public void Take_OfADeltaThatBuildsOnAnother_IsAGapAndChangesNothing()
    {
        Take(_picture, Snapshot("e", 1));

        Assert.Equal(FrameVerdict.Gap, Take(_picture, Delta("e", 4, 2, [])));
        Assert.Equal(FrameVerdict.Gap, Take(_picture, Delta("f", 2, 1, [])));
        Assert.Equal(FrameVerdict.Gap, Take(_picture, Beat("e", 3, [])));
        Assert.Equal(1, _picture.Revision);
    }

    [Fact]
    public void Take_OfARevisionThatDoesNotRise_IsABreach()
    {
        Take(_picture, Snapshot("e", 7));

        Assert.Equal(FrameVerdict.Breach, Take(_picture, Delta("e", 7, 7, [])));
        Assert.Equal(FrameVerdict.Breach, Take(_picture, Snapshot("e", 6)));
        Assert.Equal(FrameVerdict.Snapshot, Take(_picture, Snapshot("f", 1)));
    }

    [Fact]
    public void Take_OfATamperedFrame_IsAWrongDigest()
    {
        Assert.Equal(FrameVerdict.WrongDigest, Take(_picture, Snapshot("e", 1).Replace("[\"outside\",1", "[\"outside\",2", StringComparison.Ordinal)));
        _picture.Forget();
        Assert.Equal("", _picture.Since);
        Assert.Equal(FrameVerdict.Snapshot, Take(_picture, Snapshot("e", 1)));
        Assert.Equal(FrameVerdict.WrongDigest, Take(_picture, Delta("e", 2, 1, [("outside", 3)]).Replace("[\"outside\",3", "[\"outsidf\",3", StringComparison.Ordinal)));
    }

    [Fact]
    public void Take_OfFieldsInAnotherOrderOrUnknown_ReadsTheSame()
    {
        Take(_picture, Snapshot("e", 1));
        var digest = Digest([("outside", 2)]);

        var verdict = Take(_picture, $$"""{"new":{"a":[1,{}]},"grids":[["outside",2,[3],{}]],"digest":"{{digest}}","previous":1,"revision":2,"epoch":"e","kind":"delta"}""");

        Assert.Equal((FrameVerdict.Delta, true), (verdict, _picture.Verified));
    }

    [Fact]
    public void Take_OfWhatIsNotItsOwn_LeavesItAlone()
    {
        Assert.Equal(FrameVerdict.None, _picture.Take("""{"type":6}"""u8, "1"u8));
        Assert.Equal(FrameVerdict.None, _picture.Take("""{"type":3,"invocationId":"9"}"""u8, "1"u8));
        Assert.Equal(FrameVerdict.None, _picture.Take("""{"type":2,"invocationId":"9","item":{"kind":"snapshot"}}"""u8, "1"u8));
        Assert.Equal(FrameVerdict.Ended, _picture.Take("""{"type":3,"invocationId":"1","error":"bad-box: no"}"""u8, "1"u8));
        Assert.Equal("bad-box: no", _picture.Error);
        Assert.Throws<IOException>(() => _picture.Take("""{"type":2,"""u8, "1"u8));
    }

    private static FrameVerdict Take(ScreenPicture picture, string frame) =>
        picture.Take(Encoding.UTF8.GetBytes($$"""{"type":2,"invocationId":"1","item":{{frame}} }"""), "1"u8);

    private static string Snapshot(string epoch, long revision) =>
        $$"""{"kind":"snapshot","epoch":"{{epoch}}","revision":{{revision}},"at":1,"digest":"{{Digest([])}}","territory":1,"grids":[{{Rows(Grids)}}],"units":[],"totals":{} }""";

    private static string Delta(string epoch, long revision, long previous, (string Code, long Revision)[] changed) =>
        $$"""{"kind":"delta","epoch":"{{epoch}}","revision":{{revision}},"previous":{{previous}},"at":1,"digest":"{{Digest(changed)}}","territory":1,"grids":[{{Rows(changed)}}],"units":[],"totals":{} }""";

    private static string Beat(string epoch, long revision, (string Code, long Revision)[] changed) =>
        $$"""{"kind":"beat","epoch":"{{epoch}}","revision":{{revision}},"at":1,"digest":"{{Digest(changed)}}","territory":1,"totals":{} }""";

    private static string Rows((string Code, long Revision)[] grids) => string.Join(',', grids.Select(g => $"[\"{g.Code}\",{g.Revision},4,0,0,0]"));

    private static string Digest((string Code, long Revision)[] changed)
    {
        var grids = Grids.ToDictionary(g => g.Code, g => g.Revision);
        foreach (var (code, revision) in changed)
            grids[code] = revision;
        return FeedDigest.Format(grids.Aggregate(0u, (sum, g) => unchecked(sum + FeedDigest.Mix(g.Key, g.Value))));
    }
}
