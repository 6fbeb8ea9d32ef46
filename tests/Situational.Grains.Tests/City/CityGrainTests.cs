using System.Security.Cryptography;
using Situational.Domain.Journal;
using Situational.Grains.City;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.City;

public sealed class CityGrainTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Put_FirstTerritory_ComesIntoForceAndEveryGridSpeaks()
    {
        await using var city = await TestCity.StartAsync();
        Assert.Equal(0, await city.City.TerritoryVersionAsync(None));
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.InForce, 1), await city.PutAsync(20, 5));
        Assert.Equal(1, await city.City.TerritoryVersionAsync(None));
        await Until.TrueAsync(
            () => Enumerable.Range(0, 100).All(i => city.Outbox.Newest(Street.Grid(i % 20, i / 20)) is { Full: true, Summary.TerritoryVersion: 1 }),
            "every grid has spoken");
        Assert.NotNull(city.Outbox.Newest(IGridGrain.Outside));
    }

    [Fact]
    public async Task Put_TheSameOrAnother_SaysSoAndChangesNothing()
    {
        await using var city = await TestCity.StartAsync(2);
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.Same, 1), await city.PutAsync(2));
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.Another, 1), await city.PutAsync(3));
        await city.RestartAsync();
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.Same, 1), await city.PutAsync(2));
        Assert.Equal(1, await city.City.TerritoryVersionAsync(None));
    }

    [Fact]
    public async Task Put_ANewVersion_ReplacesTheOneItNamesAndNoOther()
    {
        await using var city = await TestCity.StartAsync(2);
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.InForce, 2), await city.PutAsync(3, replaces: 1));
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.Another, 2), await city.PutAsync(4, replaces: 1));
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.Same, 2), await city.PutAsync(3, replaces: 1));
        Assert.Equal(2, await city.City.TerritoryVersionAsync(None));
        await Until.TrueAsync(() => city.Outbox.Newest(Street.Grid(2)) is { Summary.TerritoryVersion: 2 }, "the new grid speaks");
        await city.RestartAsync();
        Assert.Equal(2, await city.City.TerritoryVersionAsync(None));
        Assert.Equal([1, 2], (await city.Stores.ListAsync(None)).Select(t => t.Version));
        Assert.All(await city.Stores.ListAsync(None), t => Assert.Equal(city.Time.GetUtcNow(), t.InForceAt));
    }

    [Fact]
    public async Task Put_ByOneWhoIsNamed_IsInTheAuditTrailOnceForEachVersionInForce()
    {
        await using var city = await TestCity.StartAsync();
        var first = Street.Proposal(2) with { By = new ActorStatement("wang", (byte)Domain.Cases.Role.Officer, "10.0.0.7"), Detail = "two grids" };
        city.Stores.Away = true;
        Assert.Equal(TerritoryVerdict.StoreAway, (await city.City.PutTerritoryAsync(first, None)).Verdict);
        Assert.Empty(city.Stores.Audit);
        city.Stores.Away = false;
        Assert.Equal(TerritoryVerdict.InForce, (await city.City.PutTerritoryAsync(first, None)).Verdict);
        Assert.Equal(TerritoryVerdict.Same, (await city.City.PutTerritoryAsync(first, None)).Verdict);
        Assert.Equal(TerritoryVerdict.Another, (await city.City.PutTerritoryAsync(Street.Proposal(3) with { By = first.By }, None)).Verdict);
        var entry = Assert.Single(city.Stores.Audit);
        Assert.Equal(new AuditEntry(city.Time.GetUtcNow(), "wang", "officer", "10.0.0.7", "territory.put", "1", "two grids"), entry);
    }

    [Fact]
    public async Task Put_AnotherCity_IsRefused()
    {
        await using var city = await TestCity.StartAsync(2);
        var json = System.Text.Encoding.UTF8.GetString(Street.Proposal(3).GeoJson.AsSpan())
            .Replace("\"330106\"", "\"330107\"", StringComparison.Ordinal);
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        var other = new TerritoryProposal([.. bytes], Convert.ToHexString(SHA256.HashData(bytes)), 1);
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.OtherCity, 1), await city.City.PutTerritoryAsync(other, None));
        Assert.Equal(1, await city.City.TerritoryVersionAsync(None));
    }

    [Fact]
    public async Task Put_StoreAway_SaysSoAndTheNextTryWorks()
    {
        await using var city = await TestCity.StartAsync();
        city.Stores.Away = true;
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.StoreAway, 0), await city.PutAsync(2));
        city.Stores.Away = false;
        Assert.Equal(new TerritoryReceipt(TerritoryVerdict.InForce, 1), await city.PutAsync(2));
    }

    [Fact]
    public async Task Put_WhatCannotBeRead_NeverComesIntoForce()
    {
        await using var city = await TestCity.StartAsync();
        var unreadable = new TerritoryProposal([.. "{}"u8], Convert.ToHexString(SHA256.HashData("{}"u8)));
        await Assert.ThrowsAsync<InvalidDataException>(() => city.City.PutTerritoryAsync(unreadable, None));
        var mislabelled = Street.Proposal(2) with { Fingerprint = unreadable.Fingerprint };
        await Assert.ThrowsAsync<ArgumentException>(() => city.City.PutTerritoryAsync(mislabelled, None));
        Assert.Null(await city.Stores.LoadNewestAsync(None));
        Assert.Equal(TerritoryVerdict.InForce, (await city.PutAsync(2)).Verdict);
    }

    [Fact]
    public async Task Start_TerritoryInTheStoreButAway_IsReadWhenTheStoreIsBack()
    {
        await using var city = await TestCity.StartAsync(3);
        city.Stores.Away = true;
        await city.RestartAsync();
        Assert.Equal(0, await city.City.TerritoryVersionAsync(None));
        city.Stores.Away = false;
        await Until.TrueAsync(async () => await city.City.TerritoryVersionAsync(None) == 1, "the territory is read");
        await Until.TrueAsync(() => city.Outbox.Newest(Street.Grid(2)) is { Summary.TerritoryVersion: 1 }, "its grids speak");
    }

    [Fact]
    public async Task Rounds_SquadsOfTheStore_AreWokenSoThatTheirUnitsAreOnTheMap()
    {
        await using var city = await TestCity.StartAsync(2);
        await city.Stores.EnrolAsync([new UnitEnrolment("u", "night-shift")], None);
        await city.RecordAsync("night-shift", city.Fix("u", 100));
        await city.RestartAsync();
        await Until.TrueAsync(async () => (await city.Grid(0).StateAsync(None)).Units.Length == 1, "the unit is back though no fix came");
    }

    [Fact]
    public async Task Rounds_MoreSquadsThanTheBound_WakeAsManyAsItSaysAndWarnOnce()
    {
        await using var city = await TestCity.StartAsync();
        for (var i = 0; i < CityGrain.MaxSquads; i++)
            await city.City.SquadSeenAsync($"s{i}", None);
        Assert.DoesNotContain(city.Log.Lines, l => l.Contains("squads", StringComparison.Ordinal));
        for (var i = 0; i < 100; i++)
            await city.City.SquadSeenAsync($"beyond{i}", None);
        await city.City.SquadSeenAsync("s0", None);

        await Until.TrueAsync(() => city.Stores.Woken.Count >= CityGrain.MaxSquads, "the squads within the bound are woken");
        Assert.DoesNotContain(city.Stores.Woken.Keys, s => s.StartsWith("beyond", StringComparison.Ordinal));
        Assert.Equal("City: no more than 10000 squads are woken.", Assert.Single(city.Log.Lines, l => l.Contains("squads", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rounds_AGridWhoseHistoryIsDamaged_HoldsUpNoOther()
    {
        await using var city = await TestCity.StartAsync(prepare: c => c.Journal.Away = true);
        await city.PutAsync(10);
        await Until.TrueAsync(
            () => Enumerable.Range(0, 10).All(i => city.Outbox.Newest(Street.Grid(i)) is { Summary.Loaded: false }), "all have spoken, blind");
        city.Journal.Away = false;
        await city.Grid(3).SayAsync(None);
        Assert.True(city.Outbox.Newest(Street.Grid(3))!.Summary.Loaded);
    }

    [Fact]
    public async Task Source_ManyAskAtOnce_ReadTheStoreOnceAndGetTheSameCopy()
    {
        var stores = new MemoryStores();
        var proposal = Street.Proposal(2);
        await stores.TryAddAsync(new StoredTerritory(1, proposal.GeoJson.AsMemory(), proposal.Fingerprint), null, None);
        using var source = new TerritorySource(stores);
        var changes = 0;
        source.Changed += _ => changes++;
        Assert.Null(source.Current);
        var copies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => source.AtLeastAsync(1, None)));
        Assert.All(copies, c => Assert.Same(copies[0], c));
        Assert.Same(copies[0], source.Current);
        Assert.Equal(1, changes);
        Assert.Same(copies[0], await source.AtLeastAsync(2, None));
    }
}
