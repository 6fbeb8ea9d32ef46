using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisPhotoStoreTests(SharedRedis redis) : PhotoStoreContract(new RedisSpace(redis.Server));
