using System.Text;
using System.Text.Json;
using Situational.Contracts.Feed;

namespace Situational.Cli.Load;

/// <summary>
/// Where a screen stands, by docs/feed.md: epoch and revision, and, if it verifies, the digest of its grids. It reads of a frame what that takes
/// and no more. Not safe for threads.
/// </summary>
/// <param name="verifies">Whether it computes digests.</param>
internal sealed class ScreenPicture(bool verifies)
{
    private readonly Dictionary<ulong, uint> _grids = [];
    private byte[]? _epoch;
    private uint _sum;

    /// <summary>Revision of the last frame applied.</summary>
    public long Revision { get; private set; }

    /// <summary>When the server cut the last frame applied, milliseconds since 1970; 0 if it did not say so before its rows.</summary>
    public long AtMs { get; private set; }

    /// <summary>Whether the last record's digest was compared.</summary>
    public bool Verified { get; private set; }

    /// <summary>Why the server ended the watch or the connection.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Where it stands, as the <c>since</c> of a watch; empty without a picture.</summary>
    public string Since => _epoch is null ? "" : $$""","since":{"epoch":"{{Encoding.UTF8.GetString(_epoch)}}","revision":{{Revision}}}""";

    /// <summary>Forgets everything.</summary>
    public void Forget()
    {
        _epoch = null;
        _grids.Clear();
        _sum = 0;
    }

    /// <summary>Takes a record of the hub protocol.</summary>
    /// <param name="record">The record.</param>
    /// <param name="invocation">Id of the present watch, in digits; frames of others are left alone.</param>
    /// <exception cref="IOException">It is no such record.</exception>
    public FrameVerdict Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> invocation)
    {
        Verified = false;
        try
        {
            var reader = new Utf8JsonReader(record);
            reader.Read();
            var (type, own) = (0, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    type = reader.GetInt32();
                }
                else if (reader.ValueTextEquals("invocationId"u8))
                {
                    reader.Read();
                    own = reader.ValueTextEquals(invocation);
                }
                else if (reader.ValueTextEquals("item"u8) && type == 2)
                {
                    return own ? TakeFrame(ref reader) : FrameVerdict.None;
                }
                else if (reader.ValueTextEquals("error"u8))
                {
                    reader.Read();
                    Error = reader.GetString() ?? "";
                }
                else
                {
                    reader.Skip();
                }
            }
            return (type == 3 && own) || type == 7 ? FrameVerdict.Ended : FrameVerdict.None;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new IOException("a record cannot be read: " + e.Message, e);
        }
    }

    private FrameVerdict TakeFrame(ref Utf8JsonReader reader)
    {
        var head = default(Head);
        var grids = default(Utf8JsonReader);
        var hasGrids = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("grids"u8) && verifies)
            {
                reader.Read();
                grids = reader;
                hasGrids = true;
                reader.Skip();
            }
            else if (!head.TryTake(ref reader))
            {
                // what is left are rows and sums, once the head is whole
                if (head.IsWhole && (hasGrids || !verifies))
                    break;
                reader.Skip();
            }
        }
        return Judge(head, hasGrids, ref grids);
    }

    private FrameVerdict Judge(in Head head, bool hasGrids, ref Utf8JsonReader grids)
    {
        var same = _epoch is not null && head.Epoch.SequenceEqual(_epoch);
        switch (head.Kind)
        {
            case FrameVerdict.Snapshot:
                if (same && head.Revision < Revision)
                    return FrameVerdict.Breach;
                if (!same)
                    _epoch = head.Epoch.ToArray();
                _grids.Clear();
                _sum = 0;
                break;
            case FrameVerdict.Delta when !same || head.Previous != Revision:
            case FrameVerdict.Beat when !same || head.Revision != Revision:
                return FrameVerdict.Gap;
            case FrameVerdict.Delta when head.Revision <= Revision:
                return FrameVerdict.Breach;
            case FrameVerdict.None:
                throw new IOException("a frame of no known kind");
        }
        Revision = head.Revision;
        AtMs = head.AtMs;
        if (!verifies)
            return head.Kind;
        if (hasGrids)
            Add(ref grids);
        Verified = true;
        Span<byte> own = stackalloc byte[8];
        _sum.TryFormat(own, out _, "X8", System.Globalization.CultureInfo.InvariantCulture);
        return head.Digest.SequenceEqual(own) ? head.Kind : FrameVerdict.WrongDigest;
    }

    private void Add(ref Utf8JsonReader rows)
    {
        Span<byte> code = stackalloc byte[256];
        while (rows.Read() && rows.TokenType == JsonTokenType.StartArray)
        {
            rows.Read();
            var length = rows.CopyString(code);
            rows.Read();
            var mix = FeedDigest.Mix(code[..length], rows.GetInt64());
            ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_grids, Hash(code[..length]), out _);
            _sum = unchecked(_sum - known + mix);
            known = mix;
            while (rows.Read() && rows.TokenType != JsonTokenType.EndArray)
                rows.Skip();
        }
    }

    /// <summary>FNV-1a of 64 bits: two codes of one city do not meet in it.</summary>
    private static ulong Hash(ReadOnlySpan<byte> code)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in code)
            hash = unchecked((hash ^ b) * 1099511628211UL);
        return hash;
    }

    /// <summary>What stands at the top of a frame.</summary>
    private ref struct Head
    {
        private int _taken;
        private bool _hasPrevious;

        public FrameVerdict Kind;
        public ReadOnlySpan<byte> Epoch;
        public ReadOnlySpan<byte> Digest;
        public long Revision;
        public long Previous;
        public long AtMs;

        public readonly bool IsWhole => _taken == 4 && (_hasPrevious || Kind != FrameVerdict.Delta);

        /// <summary>Takes a field and its value; false when it is none of the head's.</summary>
        public bool TryTake(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("kind"u8))
            {
                reader.Read();
                Kind = reader.ValueTextEquals("delta"u8) ? FrameVerdict.Delta
                    : reader.ValueTextEquals("snapshot"u8) ? FrameVerdict.Snapshot
                    : reader.ValueTextEquals("beat"u8) ? FrameVerdict.Beat
                    : FrameVerdict.None;
            }
            else if (reader.ValueTextEquals("epoch"u8))
            {
                reader.Read();
                Epoch = reader.ValueSpan;
            }
            else if (reader.ValueTextEquals("revision"u8))
            {
                reader.Read();
                Revision = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("digest"u8))
            {
                reader.Read();
                Digest = reader.ValueSpan;
            }
            else if (reader.ValueTextEquals("previous"u8))
            {
                reader.Read();
                Previous = reader.GetInt64();
                _hasPrevious = true;
                return true;
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                reader.Read();
                AtMs = reader.GetInt64();
                return true;
            }
            else
            {
                return false;
            }
            _taken++;
            return true;
        }
    }
}
