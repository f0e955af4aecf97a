using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>
/// The averages of a model's weights beside the weights that training goes on with. Between steps the averages are what the model shows: whoever asks for its parameters finds them in their place, and the
/// next step puts the weights back. Only references move.
/// </summary>
internal sealed class AveragedWeights : IParameterHost
{
    private readonly ModelParameters _parameters;
    private readonly (int Number, Parameter Other)[] _others;
    private bool _areShown;
    private bool _rowsAreOld;
    private long _version;

    /// <param name="parameters">The model's parameters, which training changes.</param>
    /// <param name="averages">A buffer for each of them that is trained, with its number, in their order.</param>
    public AveragedWeights(ModelParameters parameters, (int Number, Parameter Other)[] averages)
    {
        _parameters = parameters;
        _others = averages;
    }

    /// <summary>The updates before the first averaged one; null while nothing is averaged.</summary>
    public long? Since { get; private set; }

    /// <summary>Begins a mean of the weights after each update from now on.</summary>
    /// <param name="updates">Updates so far.</param>
    public void Start(long updates)
    {
        PutWeightsBack();
        for (int i = 0; i < _others.Length; i++)
        {
            Own(i).Storage.Span.CopyTo(_others[i].Other.Storage.Span); // what is shown until the first update
        }

        Since = updates;
        _version = _parameters.Version;
    }

    /// <summary>Before a training step: the model's memory holds the weights again. Where someone else has set them meanwhile, these are the weights, and averaging is over.</summary>
    public void BeginStep()
    {
        _parameters.BringHome();
        if (Since is not null && _parameters.Version != _version)
        {
            Since = null;
            _areShown = false;
            _rowsAreOld = true;
        }

        PutWeightsBack();
        RefreshRows();
    }

    /// <summary>After a training step: from now on the averages are what others see, should anyone look.</summary>
    public void EndStep()
    {
        _version = _parameters.Version;
        if (Since is not null)
        {
            _parameters.LeaveHome(this);
        }
    }

    /// <summary>Shows the averages.</summary>
    public void BringHome()
    {
        if (!_areShown)
        {
            Exchange();
            _areShown = true;
        }
    }

    /// <summary>The weights themselves for a checkpoint, whose own are the averages.</summary>
    public List<TensorSource> Tensors()
    {
        var tensors = new List<TensorSource>();
        if (Since is not null)
        {
            _parameters.BringHome();
            for (int i = 0; i < _others.Length; i++)
            {
                tensors.Add(ParameterTensors.Source(Name(i), _others[i].Other));
            }
        }

        return tensors;
    }

    /// <summary>Reads the weights beside the averages of a checkpoint without changing anything; the result takes them over, and the model's own are to be set after it.</summary>
    public Action Read(SafetensorsFile file, long? since)
    {
        var values = new List<float[]>();
        for (int i = 0; since is not null && i < _others.Length; i++)
        {
            values.Add(file.Read(Name(i), ParameterTensors.Shape(_others[i].Other)));
        }

        return () =>
        {
            Since = since;
            for (int i = 0; i < values.Count; i++)
            {
                _others[i].Other.ReadFrom(values[i]);
            }
        };
    }

    /// <summary>Notes that the model's own memory was set to what belongs to the buffers that were read.</summary>
    public void Settle()
    {
        _areShown = Since is not null;
        _rowsAreOld = Since is not null;
        _version = _parameters.Version;
    }

    private Parameter Own(int i) => _parameters.All[_others[i].Number];

    private string Name(int i) => Own(i).Name + ".raw";

    private void PutWeightsBack()
    {
        if (_areShown)
        {
            Exchange();
            _areShown = false;
        }
    }

    // Plain rows belong to the weights. They move neither with the averages nor back, but whoever sets the model's parameters sets its rows too.
    private void RefreshRows()
    {
        for (int i = 0; _rowsAreOld && i < _others.Length; i++)
        {
            (Own(i) as MatrixParameter)?.RefreshRows();
        }

        _rowsAreOld = false;
    }

    private void Exchange()
    {
        for (int i = 0; i < _others.Length; i++)
        {
            Own(i).Exchange(_others[i].Other);
        }

        _parameters.Version++;
        _version = _parameters.Version;
    }
}
