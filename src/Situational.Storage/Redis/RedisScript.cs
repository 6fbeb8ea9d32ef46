namespace Situational.Storage.Redis;

/// <summary>A script that Redis runs as one step. Every one of them may run twice for one call, as a lost reply is asked for again.</summary>
internal sealed class RedisScript
{
    /// <summary>Appends events to a grid at the version expected.</summary>
    public static readonly RedisScript Append = new("append");

    /// <summary>Takes from a grid's outbox what was settled.</summary>
    public static readonly RedisScript Clear = new("clear");

    /// <summary>Enrols units that nobody has enrolled.</summary>
    public static readonly RedisScript Enrol = new("enrol");

    /// <summary>A page of enrolments.</summary>
    public static readonly RedisScript Enrolments = new("enrolments");

    /// <summary>This store's name, given at its first use.</summary>
    public static readonly RedisScript Epoch = new("epoch");

    /// <summary>A page of a grid's events.</summary>
    public static readonly RedisScript Events = new("events");

    /// <summary>Refuses an append that may still be under way, unless it was written.</summary>
    public static readonly RedisScript Fence = new("fence");

    /// <summary>A grid's version, snapshot and outbox.</summary>
    public static readonly RedisScript Head = new("head");

    /// <summary>Writes something and takes it away again.</summary>
    public static readonly RedisScript Probe = new("probe");

    /// <summary>Gives a reserved idempotency key back.</summary>
    public static readonly RedisScript Release = new("release");

    /// <summary>Reserves an idempotency key for an append.</summary>
    public static readonly RedisScript Reserve = new("reserve");

    /// <summary>Rows of cases.</summary>
    public static readonly RedisScript Rows = new("rows");

    /// <summary>Keeps newest fixes.</summary>
    public static readonly RedisScript SaveFixes = new("save-fixes");

    /// <summary>Walks an index of cases from a number downwards.</summary>
    public static readonly RedisScript Search = new("search");

    /// <summary>Confirms idempotency keys, indexes cases, writes the audit trail.</summary>
    public static readonly RedisScript Settle = new("settle");

    /// <summary>Keeps a version of the territory.</summary>
    public static readonly RedisScript AddTerritory = new("add-territory");

    /// <summary>The fields of a hash, one after the other with their values.</summary>
    public static readonly RedisScript Whole = new("whole");

    /// <summary>Walks the facts of cases.</summary>
    public static readonly RedisScript Facts = new("facts");

    /// <summary>Walks the audit trail.</summary>
    public static readonly RedisScript Audit = new("audit");

    /// <summary>Events of given versions.</summary>
    public static readonly RedisScript EventsAt = new("events-at");

    /// <summary>A page of names.</summary>
    public static readonly RedisScript Names = new("names");

    /// <summary>Adds a name to names.</summary>
    public static readonly RedisScript Register = new("register");

    /// <summary>Keeps a photo, if there is room.</summary>
    public static readonly RedisScript AddPhoto = new("add-photo");

    /// <summary>Whether a key is there.</summary>
    public static readonly RedisScript Exists = new("exists");

    /// <summary>Takes events and a snapshot of a grid in.</summary>
    public static readonly RedisScript FillGrid = new("fill-grid");

    /// <summary>Takes idempotency keys in.</summary>
    public static readonly RedisScript FillKeys = new("fill-keys");

    /// <summary>Takes fields of a hash in.</summary>
    public static readonly RedisScript FillRows = new("fill-rows");

    /// <summary>A page of a sorted set.</summary>
    public static readonly RedisScript Range = new("range");

    /// <summary>A page of a list.</summary>
    public static readonly RedisScript List = new("list");

    /// <summary>How much stands under keys.</summary>
    public static readonly RedisScript Sizes = new("sizes");

    /// <summary>Marks the store as incomplete or complete.</summary>
    public static readonly RedisScript Mark = new("mark");

    /// <summary>What an incomplete store is filled from.</summary>
    public static readonly RedisScript Unfinished = new("unfinished");

    /// <summary>Takes everything away, a bounded number of keys at a time.</summary>
    public static readonly RedisScript Empty = new("empty");

    /// <summary>Keeps a unit's duty state.</summary>
    public static readonly RedisScript SaveDuty = new("save-duty");

    /// <summary>Takes duty states in.</summary>
    public static readonly RedisScript FillDuty = new("fill-duty");

    /// <summary>A page of duty states.</summary>
    public static readonly RedisScript Duty = new("duty");

    /// <summary>Keeps acknowledgements of alerts.</summary>
    public static readonly RedisScript Acknowledge = new("acknowledge");

    /// <summary>A page of acknowledgements.</summary>
    public static readonly RedisScript Alerts = new("alerts");

    /// <summary>How some alerts stand.</summary>
    public static readonly RedisScript FindAlerts = new("find-alerts");

    /// <summary>Removes the oldest acknowledgements.</summary>
    public static readonly RedisScript ForgetAlerts = new("forget-alerts");

    /// <summary>Keeps sheets of what was walked.</summary>
    public static readonly RedisScript SaveSheets = new("save-sheets");

    /// <summary>Removes the oldest sheets.</summary>
    public static readonly RedisScript ForgetSheets = new("forget-sheets");

    /// <summary>A page of a sorted set by score.</summary>
    public static readonly RedisScript Between = new("between");

    /// <summary>Numbers of grids in trails.</summary>
    public static readonly RedisScript TrailGrids = new("trail-grids");

    /// <summary>Adds points to trails.</summary>
    public static readonly RedisScript SaveTrails = new("save-trails");

    /// <summary>The newest pieces of units' trails before a slot.</summary>
    public static readonly RedisScript TrailLasts = new("trail-lasts");

    /// <summary>Pieces of a unit's trail.</summary>
    public static readonly RedisScript Trail = new("trail");

    /// <summary>Removes the oldest points of trails.</summary>
    public static readonly RedisScript ForgetTrails = new("forget-trails");

    /// <summary>Notes a grid that is to have a history.</summary>
    public static readonly RedisScript RegisterGrid = new("register-grid");

    /// <summary>A grid's cases of a past moment.</summary>
    public static readonly RedisScript PastAt = new("past-at");

    /// <summary>A grid's past rows of a time.</summary>
    public static readonly RedisScript PastBetween = new("past-between");

    /// <summary>Since when the past is known.</summary>
    public static readonly RedisScript PastKept = new("past-kept");

    /// <summary>Takes a grid's past rows away that held no longer.</summary>
    public static readonly RedisScript PastForget = new("past-forget");

    /// <summary>Takes past rows of a grid in.</summary>
    public static readonly RedisScript FillPast = new("fill-past");

    private RedisScript(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"Redis/{name}.lua")
            ?? throw new InvalidOperationException($"The script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        Text = reader.ReadToEnd();
    }

    public string Text { get; }
}
