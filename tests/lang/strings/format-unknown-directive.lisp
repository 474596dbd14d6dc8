(format "a ~q" 1) ; expect error: format: expected a directive (~a ~s ~d ~x ~b ~o ~,3f ~,3e ~% ~~), got "~q"
