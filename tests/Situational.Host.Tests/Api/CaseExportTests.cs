using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Situational.Contracts.Http;
using Situational.Host.Api;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CaseExportTests(HostFixture shared)
{
    private const string Name = "canary-wang-wu";

    [Fact]
    public async Task Csv_OfCasesWithChineseQuotesAndLines_OpensInASpreadsheetAsItIs()
    {
        var word = "导出" + Guid.NewGuid().ToString("N")[..8];
        var plain = await OpenAsync($"{word}，路面\\\"塌陷\\\"\\n第二行; 三", $$""","reporter":{"name":"{{Name}}","phone":"13911112222"}""");
        var formula = await OpenAsync($"=cmd|' /C calc'!A0 {word}");
        await Requests.WalkAsync(shared.Client, plain.Id, "dispatched");

        using var answer = await shared.Client.GetAsync("api/v1/cases.csv?text=" + Uri.EscapeDataString(word));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        var rows = Read(text, out var header);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("text/csv", "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Equal("attachment; filename=\"cases.csv\"", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.EndsWith("\r\n", text);
        Assert.Equal("案件编号", header[0]);
        Assert.Equal(CaseTables.Columns.Length, header.Length);
        Assert.Equal([formula.Id, plain.Id], rows.Select(r => r["案件编号"]));
        Assert.Equal("'=cmd|' /C calc'!A0 " + word, rows[0]["问题描述"]);
        var row = rows[1];
        Assert.Equal($"{word}，路面\"塌陷\"\n第二行; 三", row["问题描述"]);
        Assert.Equal((plain.Grid, "格3", "火情", "红", "派遣", "squad", "north"),
            (row["网格编码"], row["网格名称"], row["类别"], row["等级"], row["环节"], row["处置主体类型"], row["处置主体"]));
        Assert.Equal(("39.915", "116.405", "1"), (row["纬度"], row["经度"], row["上报次数"]));
        Assert.EndsWith("+08:00", row["上报时间"]);
        Assert.Equal(plain.ReportedAt.ToUnixTimeSeconds(), DateTimeOffset.Parse(row["上报时间"], CultureInfo.InvariantCulture).ToUnixTimeSeconds());
        Assert.DoesNotContain(Name, text);
        Assert.DoesNotContain("13911112222", text);
    }

    [Fact]
    public async Task Csv_InEnglish_HasEnglishColumnsAndNames()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 1);

        var text = await shared.Client.GetStringAsync($"api/v1/cases.csv?lang=en&text={opened.Id}");
        using var wrong = await shared.Client.GetAsync("api/v1/cases.csv?lang=fr");

        var rows = Read(text, out var header);
        Assert.Equal(CaseTables.Columns.Select(c => c.En), header);
        Assert.Equal(("Fire", "red", "reported"), (rows[0]["category"], rows[0]["severity"], rows[0]["stage"]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(wrong, "lang"));
    }

    [Fact]
    public async Task GeoJson_OfCases_IsAFeatureCollectionOfPoints()
    {
        var word = "地图" + Guid.NewGuid().ToString("N")[..8];
        var opened = await OpenAsync(word, $$""","reporter":{"name":"{{Name}}"}""");

        using var answer = await shared.Client.GetAsync("api/v1/cases.geojson?text=" + Uri.EscapeDataString(word));
        using var none = await shared.Client.GetAsync("api/v1/cases.geojson?text=nothing-has-this");
        var text = await answer.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        using var empty = JsonDocument.Parse(await none.Content.ReadAsStringAsync());

        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("FeatureCollection", json.RootElement.GetProperty("type").GetString());
        var feature = Assert.Single(json.RootElement.GetProperty("features").EnumerateArray());
        Assert.Equal(opened.Id, feature.GetProperty("id").GetString());
        Assert.Equal([116.405, 39.915], feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble()));
        Assert.Equal(("reported", word), (feature.GetProperty("properties").GetProperty("stage").GetString(), feature.GetProperty("properties").GetProperty("description").GetString()));
        Assert.Empty(empty.RootElement.GetProperty("features").EnumerateArray());
        Assert.False(json.RootElement.TryGetProperty("next", out _));
        Assert.DoesNotContain(Name, text);
    }

    [Fact]
    public async Task Exports_OverSeveralPages_HaveEveryCaseOnce()
    {
        var word = "多页" + Guid.NewGuid().ToString("N")[..8];
        var opened = await Task.WhenAll(Enumerable.Range(0, 450).Select(i => OpenAsync($"{word} {i}")));

        var csv = Read(await shared.Client.GetStringAsync("api/v1/cases.csv?text=" + Uri.EscapeDataString(word)), out _);
        using var json = JsonDocument.Parse(await shared.Client.GetStringAsync("api/v1/cases.geojson?text=" + Uri.EscapeDataString(word)));

        var wanted = opened.Select(c => c.Id).Order().ToArray();
        Assert.Equal(wanted, csv.Select(r => r["案件编号"]).Order());
        Assert.Equal(wanted, json.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()).Order());
    }

    private async Task<CaseAnswer> OpenAsync(string description, string more = "")
    {
        using var answer = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(2, description, more: more));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Requests.ReadAsync<CaseAnswer>(answer);
    }

    private static List<Dictionary<string, string>> Read(string text, out string[] header)
    {
        using var csv = new CsvReader(new StringReader(text.TrimStart('\uFEFF')), new CsvConfiguration(CultureInfo.InvariantCulture));
        Assert.True(csv.Read() && csv.ReadHeader());
        header = csv.HeaderRecord!;
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
            rows.Add(header.ToDictionary(h => h, h => csv.GetField(h)!));
        return rows;
    }
}
