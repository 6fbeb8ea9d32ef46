using System.Security.Cryptography;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class PhotoStoreContract(StoreUnderTest store) : IDisposable
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Find_AfterReopening_GivesThePhotoAndItsType()
    {
        var id = await store.Photos.AddAsync(Photo, "image/jpeg", default);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Photo)), id);
        store.Close();
        var found = await store.Photos.FindAsync(id, default);
        Assert.Equal("image/jpeg", found!.ContentType);
        Assert.Equal(Photo, found.Content.ToArray());
        Assert.True(await store.Photos.ContainsAsync(id, default));
    }

    [Fact]
    public async Task Add_OfTheSamePhotoFromManyAtOnce_IsOnePhoto()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Photos.AddAsync(Photo, "image/jpeg", default)));
        Assert.Single(ids.Distinct());
        Assert.Equal(Photo, (await store.Photos.FindAsync(ids[0], default))!.Content.ToArray());
    }

    [Fact]
    public async Task Add_OfTheLargestPhoto_KeepsIt()
    {
        var large = new byte[IPhotoStore.MaxBytes];
        new Random(7).NextBytes(large);
        var id = await store.Photos.AddAsync(large, "image/png", default);
        Assert.Equal(id, Convert.ToHexStringLower(SHA256.HashData((await store.Photos.FindAsync(id, default))!.Content.Span)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.Photos.AddAsync(new byte[IPhotoStore.MaxBytes + 1], "image/png", default));
    }

    [Fact]
    public async Task Add_BeyondTheBoundOfAllPhotos_IsRefusedAlsoAfterReopening()
    {
        store.Settings = [.. store.Settings, ("Photos:MaxTotalBytes", "20")];
        var first = await store.Photos.AddAsync(Photo, "image/jpeg", default);
        await store.Photos.AddAsync(Photo, "image/jpeg", default);
        var tooLarge = await Assert.ThrowsAsync<PhotosFullException>(() => store.Photos.AddAsync(new byte[14], "image/jpeg", default));
        Assert.Equal(20, tooLarge.MaxTotalBytes);
        store.Close();
        await Assert.ThrowsAsync<PhotosFullException>(() => store.Photos.AddAsync(new byte[14], "image/jpeg", default));
        var last = await store.Photos.AddAsync(new byte[13], "image/jpeg", default);
        await Assert.ThrowsAsync<PhotosFullException>(() => store.Photos.AddAsync(new byte[] { 1 }, "image/jpeg", default));
        Assert.Equal(first, await store.Photos.AddAsync(Photo, "image/jpeg", default));
        Assert.True(await store.Photos.ContainsAsync(first, default) && await store.Photos.ContainsAsync(last, default));
        Assert.False(await store.Photos.ContainsAsync(Convert.ToHexStringLower(SHA256.HashData(new byte[14])), default));
    }

    [Fact]
    public async Task Add_OfManyAtOnceBeyondTheBound_KeepsAsManyAsFit()
    {
        store.Settings = [.. store.Settings, ("Photos:MaxTotalBytes", "10")];
        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await store.Photos.AddAsync(new byte[] { (byte)i, 1, 2 }, "image/jpeg", default);
                return true;
            }
            catch (PhotosFullException)
            {
                return false;
            }
        }));
        Assert.Equal(3, kept.Count(k => k));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("../../situational.db")]
    [InlineData("..%2f..%2fsituational.db")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000/")]
    public async Task Find_OfNoPhoto_IsNull(string id)
    {
        await store.Photos.AddAsync(Photo, "image/jpeg", default);
        Assert.Null(await store.Photos.FindAsync(id, default));
        Assert.False(await store.Photos.ContainsAsync(id, default));
    }
}
