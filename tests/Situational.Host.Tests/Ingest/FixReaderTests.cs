using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Geometry;
using Situational.Domain.Journal;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Host.Ingest;

namespace Situational.Host.Tests.Ingest;

public sealed partial class FixReaderTests
{
    private const long NowMs = 1_795_000_000_000;
    private const string Good = """{"unit":"u1","lat":39.9,"lon":116.4,"at":1795000000000}""";

    [Fact]
    public void Read_EveryField_ReachesTheFix()
    {
        var batch = Read(
            """[{"unit":"甲1","lat":39.9,"lon":116.4,"at":"2026-11-18T13:46:40.5+08:00","accuracy":12.5,"speed":1.5,"heading":270,"squad":"s","callSign":"巡1","battery":80,"datum":"wgs84"}]""");

        var fix = Assert.Single(batch.Fixes.ToArray());
        Assert.Equal(
            new Fix("甲1", 39.9, 116.4, 12.5f, 1.5f, 270f, DateTimeOffset.Parse("2026-11-18T05:46:40.5Z").ToUnixTimeMilliseconds(), "巡1", 80), fix);
        Assert.Equal(new UnitEnrolment("甲1", "s"), Assert.Single(batch.Wanted));
    }

    [Fact]
    public void Read_OnlyWhatIsRequired_LeavesTheRestUnknown()
    {
        var fix = Assert.Single(Read($"[{Good}]").Fixes.ToArray());

        Assert.Equal(new Fix("u1", 39.9, 116.4, float.NaN, float.NaN, float.NaN, 1_795_000_000_000, null, -1), fix);
    }

    [Fact]
    public void Read_NullsAndUnknownFields_AreIgnored()
    {
        var batch = Read(
            """[{"x":{"unit":[1,{"lat":2}]},"unit":"u1","accuracy":null,"squad":null,"lat":39.9,"y":[[],{}],"lon":116.4,"at":1795000000000,"z":"\ud800"}]""");

        Assert.Equal((1, 1, 0), (batch.Received, batch.Count, batch.Refused));
    }

    [Fact]
    public void Read_AFieldTwice_TheLastCounts()
    {
        var fix = Assert.Single(Read("""[{"unit":"u1","lat":1,"lon":116.4,"at":1795000000000,"lat":39.9}]""").Fixes.ToArray());

        Assert.Equal(39.9, fix.Latitude);
    }

    [Theory]
    [InlineData("2026-11-18T13:46:40.5\\u002B08:00")]
    [InlineData("2026\\u002d11\\u002d18T05:46:40.500000000\\u005a")]
    public void Read_EscapedTime_IsTheSame(string time)
    {
        var batch = Read($$"""[{"unit":"u1","lat":39.9,"lon":116.4,"at":"{{time}}"}]""");

        Assert.Equal(DateTimeOffset.Parse("2026-11-18T05:46:40.5Z").ToUnixTimeMilliseconds(), Assert.Single(batch.Fixes.ToArray()).MeasuredAtMs);
    }

    [Fact]
    public void Read_EscapedNamesAndValues_AreTheSame()
    {
        var batch = Read("""[{"\u0075nit":"\u75321","la\u0074":39.9,"lon":116.4,"at":1795000000000}]""");

        Assert.Equal("甲1", Assert.Single(batch.Fixes.ToArray()).Unit);
    }

    [Theory]
    [InlineData("gcj02", Datum.Gcj02)]
    [InlineData("bd09", Datum.Bd09)]
    public void Read_OtherDatum_IsConvertedOnce(string name, Datum datum)
    {
        var fix = Assert.Single(Read($$"""[{"unit":"u1","datum":"{{name}}","lat":39.9,"lon":116.4,"at":1795000000000}]""").Fixes.ToArray());

        Assert.Equal(DatumConversion.ToWgs84(datum, 39.9, 116.4), (fix.Latitude, fix.Longitude));
        Assert.NotEqual((39.9, 116.4), (fix.Latitude, fix.Longitude));
    }

    [Trait("Fault", "Bad input: numbers")]
    [Trait("Fault", "Bad input: batches")]
    [Theory]
    [InlineData("""{"lat":1e999}""", "latitude-not-finite")]
    [InlineData("""{"lon":-1e999}""", "longitude-not-finite")]
    [InlineData("""{"lat":90.0001}""", "latitude-out-of-range")]
    [InlineData("""{"lat":116.4,"lon":39.9}""", "latitude-out-of-range")]
    [InlineData("""{"lon":180.0001}""", "longitude-out-of-range")]
    [InlineData("""{"lat":0,"lon":0}""", "null-island")]
    [InlineData("""{"accuracy":-1}""", "accuracy-out-of-range")]
    [InlineData("""{"accuracy":1e999}""", "accuracy-out-of-range")]
    [InlineData("""{"speed":-1}""", "speed-out-of-range")]
    [InlineData("""{"speed":1e6}""", "speed-out-of-range")]
    [InlineData("""{"heading":360}""", "heading-out-of-range")]
    [InlineData("""{"at":0}""", "time-not-positive")]
    [InlineData("""{"at":-5}""", "time-not-positive")]
    [InlineData("""{"at":1795000000}""", "time-in-seconds")]
    [InlineData("""{"at":1795000000000.5}""", "time-unreadable")]
    [InlineData("""{"at":1e999}""", "time-unreadable")]
    [InlineData("""{"at":"2026-11-18T13:46:40"}""", "time-unreadable")]
    [InlineData("""{"at":"NaN"}""", "time-unreadable")]
    [InlineData("""{"at":"2026-11-18T13:46:40\u002B"}""", "time-unreadable")]
    [InlineData("""{"at":"\ud800"}""", "time-unreadable")]
    [InlineData("""{"at":true}""", "wrong-type")]
    [InlineData("""{"battery":101}""", "battery-out-of-range")]
    [InlineData("""{"battery":0.5}""", "battery-out-of-range")]
    [InlineData("""{"datum":"nad27"}""", "datum-unknown")]
    [InlineData("""{"lat":"39.9"}""", "wrong-type")]
    [InlineData("""{"lat":[39.9]}""", "wrong-type")]
    [InlineData("""{"unit":7}""", "wrong-type")]
    [InlineData("""{"unit":{"unit":"u1"}}""", "wrong-type")]
    [InlineData("""{"unit":""}""", "unit-length")]
    [InlineData("""{"unit":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "unit-length")]
    [InlineData("""{"unit":"   "}""", "unit-characters")]
    [InlineData("""{"unit":"a\u0000b"}""", "unit-characters")]
    [InlineData("""{"unit":"a\r\nb"}""", "unit-characters")]
    [InlineData("""{"unit":"a\u202eb"}""", "unit-characters")]
    [InlineData("""{"unit":"a\u200bb"}""", "unit-characters")]
    [InlineData("""{"unit":"a\ud800"}""", "unit-characters")]
    [InlineData("""{"unit":"a\u2028b"}""", "unit-characters")]
    [InlineData("""{"squad":"a\u0007"}""", "squad-characters")]
    [InlineData("""{"callSign":"123456789012345678901234567890123"}""", "call-sign-length")]
    [InlineData("""{"callSign":"\u2066x"}""", "call-sign-characters")]
    [InlineData("""{"unit":null}""", "missing")]
    [InlineData("""{"lat":null}""", "missing")]
    [InlineData("""{"lon":null}""", "missing")]
    [InlineData("""{"at":null}""", "missing")]
    public void Read_OneBadFix_IsRefusedWithItsIndexAndTheOthersStay(string spoiled, string reason)
    {
        // the fields of the case replace those of a good fix, which stand before them; null takes them away
        var fields = spoiled[1..^1];
        var bad = reason == "missing"
            ? Good.Replace(Good[Good.IndexOf(fields.Split(':')[0], StringComparison.Ordinal)..].Split(',', '}')[0], fields, StringComparison.Ordinal)
            : Good[..^1] + "," + fields + "}";

        var batch = Read($"[{Good},{bad},{Good}]");

        Assert.Equal((3, 2, 1), (batch.Received, batch.Count, batch.Refused));
        var refused = Assert.Single(Answer(batch).Reasons);
        Assert.Equal((1, reason), (refused.Index, refused.Reason));
        Assert.NotEmpty(refused.Detail);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"u1\"")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[[{\"unit\":\"x\"}],7]")]
    public void Read_ElementThatIsNoObject_IsRefusedAlone(string element)
    {
        var batch = Read($"[{Good},{element},{Good}]");

        Assert.Equal((3, 2), (batch.Received, batch.Count));
        Assert.Equal((1, "not-an-object"), Answer(batch).Reasons.Select(r => (r.Index, r.Reason)).Single());
    }

    [Trait("Fault", "Bad input: JSON")]
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("[{\"unit\":\"u1\",\"lat\":NaN}]")]
    [InlineData("[{\"unit\":\"u1\",\"lat\":Infinity}]")]
    [InlineData("[{\"unit\":\"u1\"")]
    [InlineData("[{\"unit\":\"u1")]
    [InlineData("[{\"unit\":\"u1\"},]")]
    [InlineData("[{\"unit\":\"u\n1\"}]")]
    [InlineData("[{'unit':'u1'}]")]
    [InlineData("[{\"unit\":\"u1\"}] x")]
    [InlineData("\uFEFF[{\"unit\":\"u1\"}]")]
    public void Read_MalformedOrEmpty_IsRefusedAsAWhole(string body)
    {
        var refused = Assert.Throws<BodyRefusedException>(() => Read(body));

        Assert.Equal(400, refused.Status);
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public void Read_TenThousandDeep_IsRefusedAsAWhole()
    {
        var body = "[" + Good + ",{\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}]";

        Assert.Equal(400, Assert.Throws<BodyRefusedException>(() => Read(body)).Status);
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public void Read_EndlessToken_IsRefusedBeforeItIsWhole()
    {
        var (reader, _, _) = Make();
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("[{\"unit\":\"" + new string('a', 70_000)));

        Assert.Equal(400, Assert.Throws<BodyRefusedException>(() => reader.Read(buffer, isFinal: false)).Status);
    }

    [Fact]
    public void Read_MoreFixesThanAllowed_IsRefusedAsAWhole()
    {
        var full = Read("[" + string.Join(',', Enumerable.Repeat(Good, IngestBatch.MaxFixes)) + "]");
        Assert.Equal(IngestBatch.MaxFixes, full.Count);

        var refused = Assert.Throws<BodyRefusedException>(() => Read("[" + string.Join(',', Enumerable.Repeat(Good, IngestBatch.MaxFixes + 1)) + "]"));
        Assert.Equal(413, refused.Status);
    }

    [Fact]
    public void Read_ManyRefused_DescribesTheFirstHundred()
    {
        var answer = Answer(Read("[" + string.Join(',', Enumerable.Repeat("7", 250)) + "]"));

        Assert.Equal(250, answer.Refused);
        Assert.Equal(Enumerable.Range(0, 100), answer.Reasons.Select(r => r.Index));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" ")]
    [InlineData("\n\n")]
    public void Read_Lines_AreFixes(string separator)
    {
        var batch = Read(string.Join(separator, Good, "5", Good.Replace("u1", "u2"), ""), lines: true);

        Assert.Equal((3, 2, 1), (batch.Received, batch.Count, batch.Refused));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{\"unit\":\"u1\"}\n{")]
    [InlineData("{\"unit\":\"u1\"}\n]")]
    [InlineData("{\"unit\":\"u1\"},{}")]
    public void Read_MalformedOrEmptyLines_AreRefusedAsAWhole(string body)
    {
        Assert.Equal(400, Assert.Throws<BodyRefusedException>(() => Read(body, lines: true)).Status);
    }

    [Fact]
    public void Read_CutAnywhere_ReadsTheSame()
    {
        var body = Encoding.UTF8.GetBytes(
            """[{"unit":"\u75321","lat":39.9,"lon":-116.4e0,"at":"2026-11-18T13:46:40.5+08:00","x":[{"y":1}],"callSign":"巡1"},7,{"unit":"u2","lat":91,"lon":1,"at":1}]""");
        var whole = Describe(ReadParts([body]));

        for (var cut = 0; cut <= body.Length; cut++)
        {
            Assert.Equal(whole, Describe(ReadParts([body[..cut], body[cut..]])));
            Assert.Equal(whole, Describe(ReadSegments(body, cut)));
        }
        Assert.Equal(whole, Describe(ReadParts([.. body.Select(b => new[] { b })])));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Fact]
    public void Read_MalformedSomewhere_NamesThePlaceInTheWholeBody()
    {
        var body = Encoding.UTF8.GetBytes($"[{Good},\n{Good},\n  {{\"unit\":\"甲\",\"x\":[1,\n tru]}}]");

        for (var cut = 0; cut < body.Length; cut++)
            Assert.Contains("line 4, byte 5", Assert.Throws<BodyRefusedException>(() => ReadParts([body[..cut], body[cut..]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownUnits_FollowTheChosenWayOfEnrolment()
    {
        const string Body = """[{"unit":"a","lat":39.9,"lon":116.4,"at":1795000000000,"squad":"s1"},{"unit":"b","lat":39.9,"lon":116.4,"at":1795000000000},{"unit":"a","lat":39.9,"lon":116.4,"at":1795000001000,"squad":"s2"}]""";

        Assert.Equal([new("a", "s1"), new("b", "unassigned")], Read(Body).Wanted);
        Assert.Equal([new("a", "unassigned"), new("b", "unassigned")], Read(Body, options: new IngestOptions { Enrolment = Enrolment.Unassigned }).Wanted);
        var refused = Read(Body, options: new IngestOptions { Enrolment = Enrolment.Refuse });
        Assert.Empty(refused.Wanted);
        Assert.All(Answer(refused).Reasons, r => Assert.Equal("unknown-unit", r.Reason));
    }

    [Fact]
    public void Read_MoreUnitsThanThereIsRoomFor_RefusesTheRest()
    {
        var body = "[" + string.Join(',', Enumerable.Range(0, 5).Select(i => Good.Replace("u1", "v" + i))) + "]";

        var batch = Read(body, options: new IngestOptions { MaxUnits = 3 });

        Assert.Equal(3, batch.Wanted.Count);
        Assert.Equal([(3, "v3", "too-many-units"), (4, "v4", "too-many-units")], Answer(batch).Reasons.Select(r => (r.Index, r.Unit, r.Reason)));
    }

    [Fact]
    public void Read_CallSignsAndUnitsSeenBefore_AreTheSameStrings()
    {
        var batch = Read("""[{"unit":"a","lat":1,"lon":1,"at":1795000000000,"callSign":"c"},{"unit":"a","lat":1,"lon":1,"at":1795000001000,"callSign":"c"}]""");

        Assert.Same(batch.Fixes[0].Unit, batch.Fixes[1].Unit);
        Assert.Same(batch.Fixes[0].CallSign, batch.Fixes[1].CallSign);
    }

    [Fact]
    public async Task Read_KnownUnits_AllocatesNothingPerFix()
    {
        var (_, _, directory) = Make();
        var entry = new UnitEntry("u1");
        await directory.EnrolAsync([entry], [new UnitEnrolment("u1", "s")], CancellationToken.None);
        var one = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($"[{Good}]"));
        var many = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(Good, 200)) + "]"));
        var batch = new IngestBatch();
        long Measure(ReadOnlySequence<byte> body)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            new FixReader(false, NowMs, directory, new IngestOptions(), batch).Read(body, isFinal: true);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Measure(one);

        var few = Measure(one);
        batch.Dispose();
        batch = new IngestBatch();
        Assert.Equal(few, Measure(many));
    }

    private static IngestBatch Read(string body, bool lines = false, IngestOptions? options = null) =>
        ReadParts([Encoding.UTF8.GetBytes(body)], lines, options);

    private static IngestBatch ReadParts(IReadOnlyList<byte[]> parts, bool lines = false, IngestOptions? options = null)
    {
        var (reader, batch, _) = Make(lines, options);
        byte[] rest = [];
        for (var i = 0; i < parts.Count; i++)
        {
            rest = [.. rest, .. parts[i]];
            var buffer = new ReadOnlySequence<byte>(rest);
            rest = buffer.Slice(reader.Read(buffer, isFinal: i == parts.Count - 1)).ToArray();
        }
        return batch;
    }

    private static IngestBatch ReadSegments(byte[] body, int cut)
    {
        var (reader, batch, _) = Make();
        var last = new Segment(body[cut..], cut, null);
        var first = new Segment(body[..cut], 0, last);
        reader.Read(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), isFinal: true);
        return batch;
    }

    private static (FixReader Reader, IngestBatch Batch, UnitDirectory Directory) Make(bool lines = false, IngestOptions? options = null)
    {
        options ??= new IngestOptions();
        var directory = new UnitDirectory(
            new NoUnits(), Options.Create(options), Options.Create(new PatrolOptions()), NullLogger<UnitDirectory>.Instance);
        var batch = new IngestBatch();
        return (new FixReader(lines, NowMs, directory, options, batch), batch, directory);
    }

    private static PositionsAnswer Answer(IngestBatch batch) => batch.Answer(default);

    private static string Describe(IngestBatch batch) =>
        $"{batch.Received} {string.Join(';', batch.Fixes.ToArray())} {string.Join(';', Answer(batch).Reasons)}";

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] memory, long index, Segment? next) => (Memory, RunningIndex, Next) = (memory, index, next);
    }

    /// <summary>A store that enrols everybody as asked.</summary>
    private sealed class NoUnits : IUnitStore
    {
        public Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([.. units.Select(u => u.Squad)]);

        public Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<UnitEnrolment>>([]);

        public Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
