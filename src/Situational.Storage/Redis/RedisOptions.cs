using System.ComponentModel.DataAnnotations;

namespace Situational.Storage.Redis;

/// <summary>How the store on Redis is reached. Section <c>Situational:Storage:Redis</c>; used when <c>Situational:Storage:Kind</c> is <c>redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:Storage:Redis";

    /// <summary>Host and port; any but a loopback address needs <see cref="Tls"/>, <see cref="User"/> and a password. Default: <c>127.0.0.1:6379</c>.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1:6379";

    /// <summary>The Redis user (ACL) of this system alone; null for Redis' default user. Default: null.</summary>
    public string? User { get; set; }

    /// <summary>The user's password. Better kept in <see cref="PasswordFile"/>. Default: null.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password. Default: null.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whether to speak TLS. Default: false.</summary>
    public bool Tls { get; set; }

    /// <summary>A PEM file of the authorities that may have signed the server's certificate; null for the system's. Default: null.</summary>
    public string? CaFile { get; set; }

    /// <summary>What every key begins with: letters, digits, <c>. _ -</c>, 1 to 64. Default: <c>situational</c>.</summary>
    [Required, RegularExpression("^[A-Za-z0-9._-]{1,64}$")]
    public string Prefix { get; set; } = "situational";

    /// <summary>Number of the database. 0 to 1,023. Default: 0.</summary>
    [Range(0, 1_023)]
    public int Database { get; set; }

    /// <summary>Seconds within which a call is answered or refused; a lost reply is asked for again until then. 1 to 60. Default: 4.</summary>
    [Range(1, 60)]
    public int AnswerSeconds { get; set; } = 4;

    /// <summary>Seconds for which a starting system waits for Redis before it gives up. 1 to 3,600. Default: 30.</summary>
    [Range(1, 3_600)]
    public int StartSeconds { get; set; } = 30;

    /// <summary>Whether a Redis without an append-only file will do, which loses what came since its last dump. Default: false.</summary>
    public bool AllowVolatile { get; set; }

    /// <summary>Whether to go on when the user may not ask Redis how it is configured, so that nobody checks what it promises. Default: false.</summary>
    public bool AllowUnchecked { get; set; }
}
