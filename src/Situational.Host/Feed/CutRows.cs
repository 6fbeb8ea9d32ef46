namespace Situational.Host.Feed;

/// <summary>
/// The rows of everything that changed between two cuts, each encoded once, one after another with commas between them; all frames of
/// the cut point into it. A row is a JSON array that begins with its id. Immutable.
/// </summary>
/// <param name="text">The rows.</param>
/// <param name="starts">Where each row begins.</param>
/// <param name="ids">Where the id ends that each row begins with.</param>
/// <param name="ends">Where each row ends.</param>
internal sealed class CutRows(byte[] text, int[] starts, int[] ids, int[] ends)
{
    private const int Overhead = 256;

    /// <summary>Bytes that it takes, about.</summary>
    public int Size => Overhead + text.Length + (starts.Length + ids.Length + ends.Length) * sizeof(int);

    /// <summary>Bytes that some rows take with commas between them.</summary>
    public int LengthOf(ReadOnlySpan<int> rows)
    {
        var length = Math.Max(0, rows.Length - 1);
        foreach (var row in rows)
            length += ends[row] - starts[row];
        return length;
    }

    /// <summary>Bytes that the ids of some rows take with commas between them.</summary>
    public int LengthOfIds(ReadOnlySpan<int> rows)
    {
        var length = Math.Max(0, rows.Length - 1);
        foreach (var row in rows)
            length += ids[row] - starts[row] - 1;
        return length;
    }

    /// <summary>Copies some rows with commas between them; returns the bytes copied.</summary>
    public int Copy(ReadOnlySpan<int> rows, Span<byte> into)
    {
        var at = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (at > 0)
                into[at++] = (byte)',';
            var first = starts[rows[i]];
            // Neighbours go at once, their commas with them.
            while (i + 1 < rows.Length && rows[i + 1] == rows[i] + 1)
                i++;
            var run = text.AsSpan(first, ends[rows[i]] - first);
            run.CopyTo(into[at..]);
            at += run.Length;
        }
        return at;
    }

    /// <summary>Copies the ids of some rows with commas between them; returns the bytes copied.</summary>
    public int CopyIds(ReadOnlySpan<int> rows, Span<byte> into)
    {
        var at = 0;
        foreach (var row in rows)
        {
            if (at > 0)
                into[at++] = (byte)',';
            var id = text.AsSpan(starts[row] + 1, ids[row] - starts[row] - 1);
            id.CopyTo(into[at..]);
            at += id.Length;
        }
        return at;
    }
}
