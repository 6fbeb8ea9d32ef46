using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>What a screen showed of a case from some moment on, as its row.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Grid">Code of the grid where it lay.</param>
/// <param name="Revision">The case's revision: rows of a case follow each other by it, whatever their grids' clocks said.</param>
/// <param name="From">Ticks (UTC) since when.</param>
/// <param name="Open">False for the row that says how the case ended.</param>
/// <param name="Row">The picture, see <see cref="PastForm"/>.</param>
internal sealed record StoredPast(string Id, string Grid, long Revision, long From, bool Open, StoredRow Row)
{
    /// <summary>Until when a row holds that nothing has followed yet: later than all times.</summary>
    public const long Never = StoredCase.Never;

    /// <summary>Tells the checksum of such a row from that of the case. The time is not under it: it may be another one than its event's.</summary>
    private const long Version = 2;

    public static StoredPast Of(Case value, DateTimeOffset at)
    {
        var data = PastForm.Write(PastCase.Of(value, at));
        return new StoredPast(value.Id, value.Grid, value.Revision, at.UtcTicks, value.IsOpen, new StoredRow(data, Checksum.Of(value.Id, Version, data)));
    }

    /// <summary>The same from a later time on, if that is later: a case's rows never go back in time.</summary>
    public StoredPast NotBefore(long ticks) => ticks <= From ? this : this with { From = ticks };

    /// <summary>Whether a screen shows the same.</summary>
    public bool Shows(ReadOnlySpan<byte> data) => Row.Data.AsSpan().SequenceEqual(data);

    /// <summary>Decodes a row; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, string id, long from, out PastCase? value)
    {
        value = null;
        if (row.Checksum != Checksum.Of(id, Version, row.Data))
            return "its checksum does not match";
        try
        {
            value = PastForm.Read(row.Data, id, new DateTimeOffset(from, TimeSpan.Zero));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return $"it cannot be read ({e.Message})";
        }
    }
}
