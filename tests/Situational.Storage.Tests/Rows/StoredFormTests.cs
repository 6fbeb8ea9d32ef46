using System.Text;
using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Storage.Rows;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Rows;

/// <summary>Files that exist hold these very texts: a change here is a change of every journal in use.</summary>
public sealed class StoredFormTests
{
    private const string Report = """
        {"category":"fire-exit","severity":2,"description":"消防通道堵塞 <b>&","latitude":30.25,"longitude":120.16,"source":"worker","reporterName":"王","photos":["https://example.org/1.jpg"]}
        """;

    private static readonly Report Reported = new(
        "fire-exit", Severity.Orange, "消防通道堵塞 <b>&", 30.25, 120.16, "worker", "王", null, ["https://example.org/1.jpg"]);

    public static TheoryData<GridEvent, string> Events => new()
    {
        {
            new CaseOpened(TestGrid.Noon, "g-1", 3, Reported),
            $$"""{"$type":"case-opened","caseId":"g-1","territoryVersion":3,"report":{{Report}},"at":"2026-11-22T12:00:00+00:00"}"""
        },
        { new CaseStarted(TestGrid.Noon, "g-1", null), """{"$type":"case-started","caseId":"g-1","at":"2026-11-22T12:00:00+00:00"}""" },
        { new CaseClosed(TestGrid.Noon, "g-1", "好"), """{"$type":"case-closed","caseId":"g-1","note":"好","at":"2026-11-22T12:00:00+00:00"}""" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_IsStoredAsThisText(GridEvent value, string text)
    {
        Assert.Equal(text, JsonSerializer.Serialize(value, Stored.Json.GridEvent));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, Stored.Json.GridEvent), Stored.Json.GridEvent));
    }

    [Fact]
    public void State_IsStoredAsThisText()
    {
        var state = GridState.Empty("g") with { Version = 64, LastCaseNumber = 40, LastReportAt = TestGrid.Noon };
        state = state with
        {
            Open = state.Open.Add("g-1", new Case("g-1", "g", 3, Reported, Stage.Handling, TestGrid.Noon, TestGrid.Noon, TestGrid.Noon)),
        };
        var text = $$"""
            {"grid":"g","version":64,"lastCaseNumber":40,"lastReportAt":"2026-11-22T12:00:00+00:00","open":[{"id":"g-1","grid":"g","territoryVersion":3,"report":{{Report}},"stage":4,"reportedAt":"2026-11-22T12:00:00+00:00","updatedAt":"2026-11-22T12:00:00+00:00","startedAt":"2026-11-22T12:00:00+00:00"}]}
            """;
        Assert.Equal(text, JsonSerializer.Serialize(StoredState.Of(state), Stored.Json.StoredState));
        var back = JsonSerializer.Deserialize(text, Stored.Json.StoredState)!.ToState();
        Assert.Equal(text, JsonSerializer.Serialize(StoredState.Of(back), Stored.Json.StoredState));
        Assert.Same(StringComparer.Ordinal, back.Open.KeyComparer);
    }

    [Theory]
    [InlineData("", 0, "", 0x8C28B28A)] // eight zero bytes
    [InlineData("330106001001001", 7, "{\"x\":1}", 915402511)]
    public void Checksum_OfKnownData_IsThis(string place, long version, string data, long checksum) =>
        Assert.Equal(checksum, Checksum.Of(place, version, Encoding.UTF8.GetBytes(data)));

    [Fact]
    public void Checksum_OfAnotherPlaceOrVersion_IsAnother()
    {
        var sums = new[] { Checksum.Of("g", 1, "x"u8), Checksum.Of("h", 1, "x"u8), Checksum.Of("g", 2, "x"u8), Checksum.Of("g", 1, "y"u8) };
        Assert.Equal(4, sums.Distinct().Count());
    }
}
