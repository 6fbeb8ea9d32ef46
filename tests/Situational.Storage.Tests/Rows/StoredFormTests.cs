using System.Reflection;
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
        Assert.Equal(text, JsonSerializer.Serialize(value, CaseJson.Types.GridEvent));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, CaseJson.Types.GridEvent), CaseJson.Types.GridEvent));
    }

    [Fact]
    public void State_OfOldText_IsRead()
    {
        var text = $$"""
            {"grid":"g","version":64,"lastCaseNumber":40,"lastReportAt":"2026-11-22T12:00:00+00:00","open":[{"id":"g-1","grid":"g","territoryVersion":3,"report":{{Report}},"stage":4,"reportedAt":"2026-11-22T12:00:00+00:00","updatedAt":"2026-11-22T12:00:00+00:00","startedAt":"2026-11-22T12:00:00+00:00"}]}
            """;
        var state = JsonSerializer.Deserialize(text, Stored.Json.StoredState)!.ToState();
        Assert.Equal((64, 40, TestGrid.Noon), (state.Version, state.LastCaseNumber, state.LastReportAt));
        var open = Assert.Single(state.Open).Value;
        // it was opened and started: two events, though its text does not count them
        Assert.Equal((Stage.Handling, 2L, "消防通道堵塞 <b>&"), (open.Stage, open.Revision, open.Report.Description));
        Assert.Empty(state.Arrived);
        Assert.Empty(state.Outbound);
        Assert.Empty(state.SpotTimes);
        Assert.Same(StringComparer.Ordinal, state.Open.KeyComparer);
    }

    [Fact]
    public void State_WithEveryMemberSet_ComesBackWhole()
    {
        var open = new Case("g-1", "g", 3, Reported, Stage.Handling, TestGrid.Noon, TestGrid.Noon, TestGrid.Noon);
        var state = GridState.Empty("g") with
        {
            Version = 64,
            LastCaseNumber = 40,
            LastReportAt = TestGrid.Noon,
            Open = GridState.Empty("g").Open.Add(open.Id, open),
            Outbound = GridState.Empty("g").Outbound.Add("g-2", new Handover(HandoverKind.Move, "h", 4, open with { Id = "g-2" }, null, Actor.System)),
            Arrived = GridState.Empty("g").Arrived.Add("h-7", 2),
            SpotTimes = [new SpotTime("u-1", TestGrid.Noon)],
        };
        foreach (var member in typeof(GridState).GetProperties(BindingFlags.Instance | BindingFlags.Public))
            Assert.False(IsEmpty(member.GetValue(state), member.GetValue(GridState.Empty("g"))), $"GridState.{member.Name} is not set by this test: set it, and store it.");

        var text = JsonSerializer.Serialize(StoredState.Of(state), Stored.Json.StoredState);
        var back = JsonSerializer.Deserialize(text, Stored.Json.StoredState)!.ToState();
        foreach (var member in typeof(GridState).GetProperties(BindingFlags.Instance | BindingFlags.Public))
            Assert.Equal(JsonSerializer.Serialize(member.GetValue(state)), JsonSerializer.Serialize(member.GetValue(back)));
        Assert.Same(StringComparer.Ordinal, back.Open.KeyComparer);
        Assert.Same(StringComparer.Ordinal, back.Outbound.KeyComparer);
        Assert.Same(StringComparer.Ordinal, back.Arrived.KeyComparer);
    }

    /// <summary>The grid's code is set in an empty state too.</summary>
    private static bool IsEmpty(object? value, object? empty) => value is not string && JsonSerializer.Serialize(value) == JsonSerializer.Serialize(empty);

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
