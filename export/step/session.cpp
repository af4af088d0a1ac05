#include <Interface_Static.hxx>
#include <Message.hxx>
#include <Message_Messenger.hxx>
#include <STEPCAFControl_Controller.hxx>

#include "export/step/step.hpp"

namespace fitwright {

namespace {

std::mutex& only_one() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

StepSession::StepSession() : turn_(only_one()) {
  // OpenCASCADE prints its progress to standard output, where the program's own answer belongs.
  Message::DefaultMessenger()->ChangePrinters().Clear();
  // Before Init the parameters do not exist, and setting them does nothing.
  STEPCAFControl_Controller::Init();
  Interface_Static::SetCVal("write.step.schema", "AP242DIS");
  Interface_Static::SetCVal("write.step.unit", "MM");
  Interface_Static::SetCVal("xstep.cascade.unit", "MM");
  Interface_Static::SetIVal("write.stepcaf.subshapes.name", 0);
  Interface_Static::SetIVal("read.stepcaf.subshapes.name", 0);
}

}  // namespace fitwright
