using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisPastStoreTests(SharedRedis redis) : PastStoreContract(new RedisSpace(redis.Server))
{
    [Fact]
    public async Task Start_OnAStoreFromBeforeThereWereRows_MakesThemFromTheEvents()
    {
        using var store = new RedisSpace(redis.Server);
        var city = await LivingCity.FillAsync(store);
        var rows = await PastTelling.ChangesAsync(store.Past, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var open = await PastTelling.AtAsync(store.Past, city.Now);
        store.Close();
        foreach (var grid in new[] { LivingCity.A, LivingCity.B })
            foreach (var key in new[] { "past", "past-now", "past-leaving", "past-came" })
                await redis.Server.CommandAsync(["DEL", $"{store.Prefix}:{{grid:{grid}}}:{key}"]);
        await redis.Server.CommandAsync(["HDEL", $"{store.Prefix}:{{city}}:numbers", "past-first"]);
        Assert.Empty(await PastTelling.AtAsync(store.Past, city.Now));
        Assert.Null(await store.Past.KeptSinceAsync(default));

        for (var start = 0; start < 2; start++)
        {
            foreach (var hosted in store.Hosted)
                await hosted.StartAsync(default);
            Assert.Equal(rows, await PastTelling.ChangesAsync(store.Past, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
            Assert.Equal(open, await PastTelling.AtAsync(store.Past, city.Now));
            Assert.Equal(rows[0].From, await store.Past.KeptSinceAsync(default));
        }
    }
}
