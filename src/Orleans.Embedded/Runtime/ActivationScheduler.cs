namespace Orleans.Runtime;

/// <summary>
/// Runs the tasks of one activation one after the other on the thread pool, so that every continuation after an
/// <c>await</c> stays inside the grain and never runs beside another.
/// </summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Tasks run at a stretch before others on the pool get their chance.</summary>
    private const int Stretch = 64;

    private static readonly ExecutionContext NoFlow = CaptureNoFlow();
    private readonly Queue<Task> _tasks = [];
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Queues a piece of work; it starts without the asynchronous locals of whoever queued it.</summary>
    public void Post(Action<object?> work, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            Start(work, state);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            Start(work, state);
    }

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = activation;
        try
        {
            for (var i = 0; i < Stretch; i++)
            {
                Task task;
                lock (_tasks)
                {
                    if (!_tasks.TryDequeue(out task!))
                    {
                        _scheduled = false;
                        return;
                    }
                }

                TryExecuteTask(task);
                ExecutionContext.Restore(NoFlow);
            }
        }
        finally
        {
            RuntimeContext.Current = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(task);
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && RuntimeContext.Current == activation && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_tasks)
            return [.. _tasks];
    }

    private void Start(Action<object?> work, object? state) =>
        new Task(work, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach).Start(this);

    private static ExecutionContext CaptureNoFlow()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
