using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Keeps the device's copy of a model's parameters and the model's own memory in step: whoever has the newer values is asked for them when they are needed.</summary>
internal sealed class DeviceWeights(CudaProgram program, ModelParameters parameters) : IParameterHost
{
    private long _uploaded = -1; // the version of the model's memory that the device has

    /// <summary>Makes the device's copy the newest.</summary>
    public void Refresh()
    {
        if (parameters.IsAt(this))
        {
            return; // the newest values are here
        }

        parameters.BringHome();
        if (_uploaded == parameters.Version)
        {
            return;
        }

        _uploaded = -1;
        program.Stream.Synchronize(); // uploads go another way, and someone that the stream waits for may still read
        for (int i = 0; i < parameters.All.Count; i++)
        {
            program.Parameter(i).Upload();
        }

        _uploaded = parameters.Version;
    }

    /// <summary>Says that a step is about to change the device's copy: should it not come to its end, the copy is nobody's.</summary>
    public void BeginStep() => _uploaded = -1;

    /// <summary>Says that the step came to its end.</summary>
    /// <param name="changed">Whether it changed the weights: then the newest values are here.</param>
    public void EndStep(bool changed)
    {
        _uploaded = parameters.Version;
        if (changed)
        {
            parameters.LeaveHome(this);
        }
    }

    /// <summary>Called by the parameters when someone asks for the newest values.</summary>
    public void BringHome()
    {
        program.Device.MakeCurrent();
        for (int i = 0; i < parameters.All.Count; i++)
        {
            program.Parameter(i).Download();
        }

        // Other copies are old now, this one is not.
        _uploaded = ++parameters.Version;
    }

    /// <summary>Leaves the newest values behind before the device's memory is given back. Where they cannot be fetched any more, whoever asks for them later is told.</summary>
    /// <exception cref="CudaException">They cannot be fetched.</exception>
    public void Leave()
    {
        if (!parameters.IsAt(this))
        {
            return;
        }

        try
        {
            parameters.BringHome();
        }
        catch (CudaException e)
        {
            parameters.LeaveHome(new LostWeights(e));
            throw;
        }
    }
}
