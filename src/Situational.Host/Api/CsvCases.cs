using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Situational.Domain.Cases;

namespace Situational.Host.Api;

/// <summary>Cases as CSV (RFC 4180), so that a spreadsheet opens Chinese and runs nothing.</summary>
internal sealed class CsvCases : ICaseFile
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "text/csv";

    /// <summary>What the only cell of the last row begins with when the file was full; the cursor to go on follows.</summary>
    public const string MoreMark = "... cursor=";

    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.None };

    private readonly CaseTables.Words _words;
    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);
    private readonly CsvWriter _csv;

    public CsvCases(CaseTables.Words words)
    {
        _words = words;
        _csv = new CsvWriter(_text, Rfc4180);
    }

    /// <inheritdoc />
    public string ContentType => MediaType + "; charset=utf-8; header=present";

    /// <inheritdoc />
    public string Name => "cases.csv";

    /// <inheritdoc />
    public void Begin(IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.Preamble);
        foreach (var name in _words.Header)
            _csv.WriteField(name, shouldQuote: true);
        EndLine(output);
    }

    /// <inheritdoc />
    public void Write(IBufferWriter<byte> output, Case one)
    {
        Text(one.Id);
        Text(one.Grid);
        Text(_words.Grid(one.Grid));
        Text(one.Report.Category);
        Text(_words.Category(one.Report.Category));
        Text(_words.Of(one.Severity));
        Text(_words.Of(one.Stage));
        Text(one.Report.Description);
        Number(one.Report.Latitude);
        Number(one.Report.Longitude);
        Text(one.Report.Source);
        Time(one.ReportedAt);
        Time(one.UpdatedAt);
        Time(one.ClosedAt);
        Time(one.NextClock?.DueAt);
        Text(_words.Of(one.Level));
        Text(one.Assignee is { } given ? CaseNames.Of(given.Kind) : "");
        Text(one.Assignee is { } to ? _words.Of(to) : "");
        Text(one.EscalatedTo ?? "");
        Number(1 + one.Joined.Length);
        Text(_words.Of(one.Spot is not null));
        Number(one.Reworks);
        Number(one.Suspensions);
        Text(one.MergedInto ?? "");
        Text(one.Note ?? "");
        EndLine(output);
    }

    /// <inheritdoc />
    public void End(IBufferWriter<byte> output, string? next)
    {
        if (next is null)
            return;
        // not every connection carries trailers, and whoever reads the table must see that it is not whole
        Text(MoreMark + next);
        EndLine(output);
    }

    /// <summary>
    /// The text with an apostrophe where a spreadsheet would take it for a formula (OWASP, CSV Injection): before = + - @ and their full-width
    /// forms, tab and carriage return at its beginning, and where a cell could begin within, for a spreadsheet that cuts at semicolons.
    /// </summary>
    internal static string Harmless(string text)
    {
        if (!Enumerable.Range(0, text.Length).Any(i => Runs(text, i)))
            return text;
        var harmless = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            if (Runs(text, i))
                harmless.Append('\'');
            harmless.Append(text[i]);
        }
        return harmless.ToString();
    }

    private static bool Runs(string text, int i) =>
        text[i] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' ? i == 0 || text[i - 1] is ';' or '\t' or '\r' or '\n' or '"' || IsBlankBefore(text, i)
        : text[i] is '\t' or '\r' or '\n' && i == 0;

    private static bool IsBlankBefore(string text, int i) => text.AsSpan(0, i).IsWhiteSpace();

    private void Text(string text) => _csv.WriteField(Harmless(text), shouldQuote: true);

    private void Number(double number) => _csv.WriteField(number.ToString("0.#######", CultureInfo.InvariantCulture), shouldQuote: false);

    private void Time(DateTimeOffset? time) => _csv.WriteField(
        time is { } at ? TimeZoneInfo.ConvertTime(at, _words.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : "", shouldQuote: false);

    private void EndLine(IBufferWriter<byte> output)
    {
        _csv.NextRecord();
        _csv.Flush();
        var line = _text.GetStringBuilder();
        foreach (var chunk in line.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, output);
        line.Clear();
    }
}
